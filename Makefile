# A thin front to tools/ and CMake's presets. `make help` tells what there is.
PAGE ?= examples/article.html
JOBS ?= $(shell nproc)
RIPTIDE := build/release/bin/riptide

.PHONY: all demo test lint format bench clean help deps
# What users run needs none of the test packages.
all: deps
	cmake --preset release -DRIPTIDE_TESTS=OFF
	cmake --build --preset release -j $(JOBS)

deps:
	python3 tools/deps.py

help:
	@echo "make              build the release: $(RIPTIDE)"
	@echo "make demo         install what is missing, build, extract $(PAGE) (PAGE=file for another)"
	@echo "make test         install what is missing, build, run all tests"
	@echo "make lint         formatting, static analysis, include directions"
	@echo "make format       format the sources"
	@echo "make bench        measure; PAGES=directory of pages, BENCH=--quick to try it"

demo: all
	@tools/demo $(PAGE)

test:
	tools/test

lint:
	python3 tools/deps.py --group build --group test
	tools/lint

format:
	python3 tools/deps.py --group build --group test
	tools/lint --fix

bench:
	python3 tools/deps.py --group build --group test --group bench
	cmake --preset release -DRIPTIDE_TESTS=ON
	cmake --build --preset release -j $(JOBS)
	tools/bench $(PAGES) $(BENCH)

clean:
	rm -rf build
