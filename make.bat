@echo off
rem make.bat run starts the app, make.bat test runs every test, as the Makefile does elsewhere.
cd /d "%~dp0"
if not exist .venv py -3 -m venv .venv || exit /b 1
if "%1"=="test" (
  .venv\Scripts\python -m pip install --quiet -r requirements-dev.txt || exit /b 1
  .venv\Scripts\python -m pytest -n 2 --dist loadfile
) else (
  .venv\Scripts\python -m pip install --quiet -r requirements.txt || exit /b 1
  .venv\Scripts\python -m streamlit run app.py
)
