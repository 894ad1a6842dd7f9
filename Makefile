# A thin front to tools/ and CMake's presets. `make help` tells what there is.
PAGE ?= examples/article.html
JOBS ?= $(shell nproc)
RIPTIDE := build/release/bin/riptide

.PHONY: all demo test lint format bench clean help deps
all: build/release/build.ninja
	cmake --build --preset release -j $(JOBS)

deps:
	python3 tools/deps.py

build/%/build.ninja: deps
	cmake --preset $*

help:
	@echo "make              build the release: $(RIPTIDE)"
	@echo "make demo         install what is missing, build, extract $(PAGE) (PAGE=file for another)"
	@echo "make test         install what is missing, build, run all tests"
	@echo "make lint         formatting, static analysis, include directions"
	@echo "make format       format the sources"
	@echo "make bench        the benchmarks of docs/benchmarks.md"

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

bench: all
	tools/bench

clean:
	rm -rf build
