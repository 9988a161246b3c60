# What one can do here. Each target is a few lines; the longer ones are in scripts/.
.PHONY: help run test lint format bench soak lock
.DEFAULT_GOAL := help

PORT ?= 8000
BIN := .venv/bin
TEMPLATES = $(shell find templates -name '*.html')
export PYTHONUTF8 := 1

help:  ## Liệt kê các lệnh
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:  ## Chạy bản trình diễn tại http://127.0.0.1:8000 (cổng khác: PORT=8001)
	@PORT=$(PORT) scripts/run

test:  ## Chạy toàn bộ phép thử, trên SQLite rồi trên PostgreSQL
	@scripts/test

lint:  ## Kiểm tra mã nguồn: ruff, djade, mypy, import-linter, migrations
	@scripts/lint

format:  ## Định dạng mã nguồn Python và khuôn mẫu HTML
	@scripts/prepare dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 $(TEMPLATES))

bench:  ## Đo tốc độ
	@scripts/prepare dev
	$(BIN)/python -m benchmarks

soak:  ## Thử 50 người dùng cùng lúc trong năm phút trên PostgreSQL
	@scripts/prepare dev
	$(BIN)/python -m benchmarks.soak

lock:  ## Ghim lại phiên bản các gói trong requirements/
	@scripts/prepare dev
	scripts/lock
