/// The metrics of the HTTP server. For the catalogue only.
#pragma once

#include "io/sample_writer.h"

namespace riptide::io {

inline constexpr std::array<std::string_view, kHttpStatusClasses> kStatusClasses = {
    "1xx", "2xx", "3xx", "4xx", "5xx"};

inline constexpr std::array kHttpMetrics = {
    MetricSpec{"riptide_http_requests_total",
               MetricType::kCounter,
               {"route", "status"},
               "Responses sent, by what the request was for and the class of the status.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   for (std::size_t i = 0; i < kHttpRoutes; ++i) {
                       const std::string_view route = to_string(static_cast<HttpRoute>(i));
                       for (std::size_t k = 0; k < kHttpStatusClasses; ++k) {
                           out.value(route, kStatusClasses[k], figures.http.requests[i][k]);
                       }
                   }
               }},
    MetricSpec{"riptide_http_request_duration_seconds",
               MetricType::kHistogram,
               {"route"},
               "Time from the first byte of a request to the last of its response.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   for (std::size_t i = 0; i < kHttpRoutes; ++i) {
                       out.histogram(to_string(static_cast<HttpRoute>(i)),
                                     figures.http.duration[i]);
                   }
               }},
    MetricSpec{"riptide_http_requests_in_flight",
               MetricType::kGauge,
               {},
               "Requests whose response is not sent yet.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.requests_in_flight);
               }},
    MetricSpec{"riptide_http_connections",
               MetricType::kGauge,
               {},
               "Connections that are open.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.open_connections);
               }},
    MetricSpec{"riptide_http_connections_accepted_total",
               MetricType::kCounter,
               {},
               "Connections that were taken.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.connections_accepted);
               }},
    MetricSpec{"riptide_http_refused_total",
               MetricType::kCounter,
               {"reason"},
               "Connections and requests turned away before any work was done for them.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<HttpRefusal>(figures.http.refused, out);
               }},
    MetricSpec{"riptide_http_timeouts_total",
               MetricType::kCounter,
               {"kind"},
               "Connections closed because the client took too long.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<HttpTimeout>(figures.http.timeouts, out);
               }},
    MetricSpec{"riptide_http_disconnects_total",
               MetricType::kCounter,
               {},
               "Clients that left before their response was sent.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.disconnects);
               }},
    MetricSpec{"riptide_http_received_bytes_total",
               MetricType::kCounter,
               {},
               "Bytes that clients sent.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.bytes_received);
               }},
    MetricSpec{"riptide_http_sent_bytes_total",
               MetricType::kCounter,
               {},
               "Bytes that clients took.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   out.value(figures.http.bytes_sent);
               }},
    MetricSpec{"riptide_http_batch_lines_total",
               MetricType::kCounter,
               {"result"},
               "Lines of batch requests, by how they ended.",
               [](const ServiceFigures& figures, SampleWriter& out) {
                   write_each<BatchLine>(figures.http.batch_lines, out);
               }},
};

}  // namespace riptide::io
