@echo off
rem Runs the mcunet command from a clone.
setlocal
set root=%~dp0..
dotnet publish "%root%\src\McuNet.Cli" -c Release -o "%root%\artifacts\mcunet" -v quiet -nologo 1>&2 || exit /b 3
dotnet exec --roll-forward Major "%root%\artifacts\mcunet\mcunet.dll" %*
