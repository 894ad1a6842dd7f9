#include "pool/line_fit.h"

#include <cmath>

namespace riptide {
namespace {

/// The 97.5 % quantile of Student's t distribution, to 1 % from three degrees of freedom on.
/// Source: the expansion 26.7.5 of Abramowitz and Stegun, "Handbook of Mathematical Functions",
/// with its polynomials evaluated at the normal quantile 1.95996.
double student_quantile(double degrees) {
    return 1.95996 + (2.3723 + (2.8224 + 2.5555 / degrees) / degrees) / degrees;
}

}  // namespace

std::optional<LineFit> LineFit::through(std::span<const Point> points) {
    if (points.size() < kMinimumPoints) return std::nullopt;
    const auto count = static_cast<double>(points.size());
    Point mean{0, 0};
    for (const Point& point : points) {
        mean.x += point.x / count;
        mean.y += point.y / count;
    }
    double spread = 0;
    double covariance = 0;
    for (const Point& point : points) {
        spread += (point.x - mean.x) * (point.x - mean.x);
        covariance += (point.x - mean.x) * (point.y - mean.y);
    }
    if (spread <= 0) return std::nullopt;
    const double slope = covariance / spread;
    double squares = 0;
    for (const Point& point : points) {
        const double deviation = point.y - mean.y - slope * (point.x - mean.x);
        squares += deviation * deviation;
    }
    return LineFit(mean, slope, spread, std::sqrt(squares / (count - 2)), count);
}

LineFit::LineFit(Point mean, double slope, double spread, double residual, double points)
    : mean_(mean), slope_(slope), spread_(spread), residual_(residual), points_(points) {}

double LineFit::slope_margin() const {
    return student_quantile(points_ - 2) * residual_ / std::sqrt(spread_);
}

double LineFit::margin_at(double x) const {
    const double distance = x - mean_.x;
    return student_quantile(points_ - 2) * residual_ *
           std::sqrt(1 + 1 / points_ + distance * distance / spread_);
}

}  // namespace riptide
