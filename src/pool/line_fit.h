/// A straight line through points, and how far to trust it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace riptide {

struct Point {
    double x;
    double y;
};

/// Ordinary least squares, with the usual statistics of simple linear regression: they take the
/// residuals for independent and normal, with one variance. Plain data.
class LineFit {
public:
    static constexpr std::size_t kMinimumPoints = 5;

    /// Nothing for less than `kMinimumPoints`, or when all have the same x.
    static std::optional<LineFit> through(std::span<const Point> points);

    [[nodiscard]] double slope() const { return slope_; }
    [[nodiscard]] double at(double x) const { return mean_.y + slope_ * (x - mean_.x); }
    /// Half the width of the 95 % confidence interval of the slope.
    [[nodiscard]] double slope_margin() const;
    /// Half the width of the 95 % prediction interval of a further point at `x`.
    [[nodiscard]] double margin_at(double x) const;

private:
    LineFit(Point mean, double slope, double spread, double residual, double points);

    Point mean_;
    double slope_;
    double spread_;    ///< Sum of the squared deviations of x.
    double residual_;  ///< Standard deviation of the residuals.
    double points_;
};

}  // namespace riptide
