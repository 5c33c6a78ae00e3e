@echo off
rem make.bat run starts the app, make.bat check is what to run while working, make.bat test runs every test: the Makefile elsewhere.
cd /d "%~dp0"
if not exist .venv py -3 -m venv .venv || exit /b 1
set PYTEST=.venv\Scripts\python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
if "%1"=="test" (
  .venv\Scripts\python -m pip install --quiet -r requirements-dev.txt || exit /b 1
  %PYTEST%
) else if "%1"=="check" (
  .venv\Scripts\python -m pip install --quiet -r requirements-dev.txt || exit /b 1
  %PYTEST% tests/conventions tests/sql tests/ingest --ignore-glob "*/ingest/test_load_*"
) else (
  .venv\Scripts\python -m pip install --quiet -r requirements.txt || exit /b 1
  .venv\Scripts\python -m streamlit run app.py
)
