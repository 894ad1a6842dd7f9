/// Prints what GET /metrics answers before the first request: every metric with all its labels.
#include <cstdio>

#include "io/metrics_text.h"

int main() {
    riptide::io::ServiceFigures figures;
    figures.version = "0";
    std::fputs(riptide::io::metrics_text(figures).c_str(), stdout);
    return 0;
}
