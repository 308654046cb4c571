# Two commands are enough: `make run` converts the example clinic, `make test` proves the package.

SHELL := /bin/bash
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
VERSION := 0.1.0
SWIFT ?= swift
BUILD := .build/release
VENV := .venv
KEYS := Sources/ThecalScenario/ThecalScenario.docc/Keys.md
PACKAGES := liblapacke-dev libopenblas-dev libnetcdf-dev libcsv-dev libxlsxwriter-dev nettle-dev nlohmann-json3-dev \
  libsundials-dev gnuplot-nox pkg-config python3-venv chromium chromium-driver
COMMA := ,
# What `install` makes rather than copies, and the folders for it.
GENERATED := $(addprefix $(PREFIX)/share/,man/man1/thecal.1 bash-completion/completions/thecal \
  zsh/site-functions/_thecal fish/vendor_completions.d/thecal.fish doc/thecal/thecal.cdx.json doc/thecal/LICENSE)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: all shared setup venv build run test lint fuzz prove kills mutate threads examples bundle install uninstall deb wheel prove-packages library vectors plots notebooks bench guard bench-transport format reference clean serve browser bench-server interface

all: build

## setup: install what is missing: Debian packages (asks for root where needed)
setup:
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "installing:" $$missing; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing; \
	fi

## venv: the Python environment of the checks and benchmarks
venv: $(VENV)/.ready
$(VENV)/.ready: Benchmarks/requirements.txt Tests/Browser/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --requirement Benchmarks/requirements.txt --requirement Tests/Browser/requirements.txt
	touch $@

## build: the command line, optimized
build: setup
	$(SWIFT) build -c release --product thecal

## shared: the library for C and Python, optimized
shared: build
	$(SWIFT) build -c release --product ThecalC

## run: convert the example clinic and show what to look at first
run: build
	@mkdir -p out
	@$(BUILD)/thecal convert Data/examples/clinic.csv -o out/clinic.csv --report out/clinic.html || [ $$? = 1 ]
	@echo
	@echo "The results:       out/clinic.csv"
	@echo "The same, as page: out/clinic.html"
	@echo "One patient:       $(BUILD)/thecal convert --medication \"oxycodone oral 20 mg q6h\" --opioid-days 30 --explain"
	@echo "All commands:      $(BUILD)/thecal --help"

## serve: the page for a browser, on this machine alone; the address is printed
serve: build
	@$(BUILD)/thecal serve

## browser: the page and the reports in chromium, and broken requests
browser: build venv
	$(VENV)/bin/python Tests/Browser/page_test.py $(BUILD)/thecal out/browser
	$(VENV)/bin/python Tests/Browser/reports_test.py $(BUILD)/thecal out/browser
	$(VENV)/bin/python Tests/Fuzz/server.py $(BUILD)/thecal

## interface: the HTTP interface against its own description, thousands of requests in half a minute
interface: build venv
	$(VENV)/bin/python Tests/Browser/interface_test.py $(BUILD)/thecal

## bench-server: conversions per second, slowest requests and memory of the server under load
bench-server: build venv
	$(VENV)/bin/python Benchmarks/server/load.py $(BUILD)/thecal

## test: everything that proves the package, in a few minutes
test: setup
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip ThecalServerTests
	$(SWIFT) test --skip-build --no-parallel --filter ThecalServerTests  # one by one: clients and time limits want the threads

## lint: style, generated files, and data and examples against their schemas
lint: venv
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Package.swift
	python3 Data/embed/make_manifest.py --check
	python3 Tests/Mutation/mutate.py --check
	$(VENV)/bin/python Data/schema/validate.py
	$(VENV)/bin/python -m mypy --strict notebooks-export/src/thecal
	python3 notebooks-export/reference.py --check
	$(SWIFT) build --product thecal
	.build/debug/thecal schema --page | cmp - $(KEYS) || { echo "not current, run make reference: $(KEYS)"; exit 1; }
	$(VENV)/bin/python Data/schema/examples.py .build/debug/thecal

## reference: the page of every key of every YAML file, from the tables by which the files are read; that of every Python function
reference:
	$(SWIFT) build --product thecal
	.build/debug/thecal schema --page > $(KEYS)
	python3 notebooks-export/reference.py

## fuzz: feed the readers broken input for a bounded time
fuzz: setup
	Tests/Fuzz/run.sh

## threads: every call of the C interface from eight threads under the thread sanitizer; a build of its own
threads: setup
	Tests/Sanitizers/threads.sh

## prove: what is shipped, as installed: library, package, C interface, notebooks
prove: library deb
	unpacked=$$(mktemp -d) && dpkg-deb -x thecal_*.deb "$$unpacked" && \
	{ env -i PATH= "$$unpacked/usr/bin/thecal" convert Data/examples/clinic.csv -o "$$unpacked/clinic.csv" --quiet || [ $$? = 1 ]; } && \
	cmp "$$unpacked/clinic.csv" Data/examples/clinic.expected.csv && rm -r "$$unpacked"
	PYTHONPATH=notebooks-export/src THECAL_LIBRARY=out/bundle/libthecal.so.0 $(VENV)/bin/python Tests/Fuzz/interface.py 2000
	python3 Tests/Fuzz/commands.py out/bundle/thecal 400
	$(VENV)/bin/python Tests/Fuzz/specifications.py out/bundle/thecal 300
	python3 Tests/Fuzz/kills.py out/bundle/thecal 8
	Tests/Products/run.sh
	PATH="$(CURDIR)/$(BUILD):$$PATH" $(VENV)/bin/python notebooks-export/run.py --check

## kills: each job that writes a file, stopped a hundred times at moments nobody chose (a quarter of an hour; CI stops each eight times)
kills: bundle
	python3 Tests/Fuzz/kills.py out/bundle/thecal 100

## mutate: break the rules in 150 places, one at a time, and see that a test notices each; then leave each rule out, and see that
## every cell of the table of hazards that it answers for fails (an hour; not part of CI)
mutate: setup
	python3 Tests/Mutation/mutate.py

## examples: write the expected outputs anew, for a person to read before they are committed
examples: build
	$(BUILD)/thecal convert Data/examples/clinic.csv -o Data/examples/clinic.expected.csv --quiet || [ $$? = 1 ]
	$(BUILD)/thecal convert Data/examples/clinic.csv -o Data/examples/clinic.expected.jsonl --quiet || [ $$? = 1 ]

## vectors: the test vectors anew, for a person to read before they are committed
vectors: build
	python3 Data/test-vectors/make.py $(BUILD)/thecal

## plots: models and curves beside their counts, for the page of ThecalResponse; for a person to look at
plots: build
	mkdir -p Sources/ThecalResponse/ThecalResponse.docc/Resources
	$(BUILD)/thecal risk fit --plots Sources/ThecalResponse/ThecalResponse.docc/Resources

## notebooks: run the notebooks afresh, export them, and write down their key figures
notebooks: shared venv
	PATH="$(CURDIR)/$(BUILD):$$PATH" $(VENV)/bin/python notebooks-export/run.py

## bundle: command line and library, linked once more with the Swift runtime inside, in out/bundle
bundle: shared
	sh notebooks-export/packaging/bundle.sh $(BUILD) out/bundle
	@ls -l out/bundle/thecal out/bundle/libthecal.so.0 | awk '{ printf "%s: %.1f MB\n", $$NF, $$5 / 1e6 }'

## install: command line, library, header, pkg-config file, man page and completions under PREFIX
install: bundle
	install -d $(addprefix $(DESTDIR),$(PREFIX)/bin $(PREFIX)/include $(LIBDIR)/pkgconfig $(sort $(dir $(GENERATED))))
	install -m 755 out/bundle/thecal $(DESTDIR)$(PREFIX)/bin/thecal
	install -m 755 out/bundle/libthecal.so.0 $(DESTDIR)$(LIBDIR)/libthecal.so.0
	ln -sf libthecal.so.0 $(DESTDIR)$(LIBDIR)/libthecal.so
	install -m 644 Sources/CThecal/include/thecal.h $(DESTDIR)$(PREFIX)/include/thecal.h
	printf 'prefix=%s\nlibdir=%s\nName: thecal\nDescription: intrathecal pumps\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -L$${libdir}%s -lthecal\n' \
	  "$(PREFIX)" "$(LIBDIR)" "$(VERSION)" "$(if $(filter /usr,$(PREFIX)),, -Wl$(COMMA)-rpath$(COMMA)\$${libdir})" \
	  > $(DESTDIR)$(LIBDIR)/pkgconfig/thecal.pc
	python3 notebooks-export/packaging/thecal.1.py out/bundle/thecal > $(DESTDIR)$(PREFIX)/share/man/man1/thecal.1
	for shell in bash zsh fish; do \
	  out/bundle/thecal --generate-completion-script $$shell > out/bundle/completion.$$shell || exit 1; done
	install -m 644 out/bundle/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/thecal
	install -m 644 out/bundle/completion.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_thecal
	install -m 644 out/bundle/completion.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/thecal.fish
	python3 notebooks-export/packaging/sbom.py out/bundle/thecal out/bundle/libthecal.so.0 \
	  > $(DESTDIR)$(PREFIX)/share/doc/thecal/thecal.cdx.json
	install -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/thecal/LICENSE

## uninstall: what install has put under PREFIX, and nothing else
uninstall:
	rm -f $(addprefix $(DESTDIR),$(PREFIX)/bin/thecal $(PREFIX)/include/thecal.h $(LIBDIR)/libthecal.so.0 \
	  $(LIBDIR)/libthecal.so $(LIBDIR)/pkgconfig/thecal.pc $(GENERATED))
	-rmdir $(DESTDIR)$(PREFIX)/share/doc/thecal 2> /dev/null

## deb: the Debian package, at the top
deb: bundle
	rm -rf out/deb thecal_*.deb
	$(MAKE) --no-print-directory install PREFIX=/usr LIBDIR=/usr/lib/$$(dpkg-architecture -qDEB_HOST_MULTIARCH) \
	  DESTDIR=$(CURDIR)/out/deb
	sh notebooks-export/packaging/deb.sh $(CURDIR)/out/deb $(VERSION) $(CURDIR)

## wheel: the Python package with everything that its library needs, in notebooks-export/dist/
wheel: bundle venv
	rm -rf notebooks-export/dist notebooks-export/build notebooks-export/src/thecal/lib
	install -d notebooks-export/src/thecal/lib
	install -m 755 out/bundle/libthecal.so.0 notebooks-export/src/thecal/lib/libthecal.so
	python3 notebooks-export/packaging/licences.py out/bundle/libthecal.so.0 notebooks-export/licenses
	python3 notebooks-export/packaging/sbom.py out/bundle/libthecal.so.0 > notebooks-export/src/thecal/lib/thecal.cdx.json
	$(VENV)/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir out/wheel ./notebooks-export
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/auditwheel repair --plat auto --strip \
	  --wheel-dir notebooks-export/dist out/wheel/thecal-$(VERSION)-*.whl
	rm -rf out/wheel
	@ls -l notebooks-export/dist

## prove-packages: package and wheel in a fresh Debian without Swift, compiler or headers; needs root and a mirror
prove-packages: deb wheel
	sh notebooks-export/packaging/prove.sh out/root

## library: the C example and the Python package, each against what is installed, without Swift on the path
library: wheel
	sh notebooks-export/packaging/check.sh $(BUILD) $(VENV)

## bench: the figures of the README, measured here, as ratios
bench: build venv bench-transport
	$(VENV)/bin/python Benchmarks/conversion/compare.py

## guard: the hot paths of transport, kinetics, intake, calls from C, gradients and sweeps, as ratios that the machine's load does not move
guard: shared venv
	for part in Transport Kinetics Intake Call; do \
	  $(SWIFT) build -c release --package-path Benchmarks --product $${part}Benchmarks || exit 1; done
	Benchmarks/.build/release/TransportBenchmarks --guard Benchmarks/Thresholds/transport.json
	Benchmarks/.build/release/KineticsBenchmarks --guard Benchmarks/Thresholds/kinetics.json
	Benchmarks/.build/release/IntakeBenchmarks --guard Benchmarks/Thresholds/intake.json
	Benchmarks/.build/release/CallBenchmarks --guard Benchmarks/Thresholds/calls.json
	PATH="$(CURDIR)/$(BUILD):$$PATH" $(VENV)/bin/python Benchmarks/model/compare.py --guard Benchmarks/Thresholds/model.json

## bench-transport: transport beside SUNDIALS, LAPACK and scipy, as ratios with the errors of both sides
bench-transport: guard venv
	Benchmarks/.build/release/TransportBenchmarks
	OPENBLAS_NUM_THREADS=1 $(VENV)/bin/python Benchmarks/peers/expm.py

## format: lay the sources out as the linter wants them
format:
	$(SWIFT) format --in-place --recursive Sources Tests Benchmarks Package.swift
	python3 Data/embed/make_manifest.py

clean:
	rm -rf .build Benchmarks/.build out $(VENV)
