#!/usr/bin/env bash
# Compares the tests that were skipped with the list of those that may be.
#   skipped-tests.sh unlisted LIST TRX...   names of tests that were skipped and are not on the list
#   skipped-tests.sh ran LIST TRX...        names on the list of tests that ran
# LIST holds NAME: REASON per line, and comments with #. TRX are result files of dotnet test.
set -euo pipefail
what="$1" list="$2"
shift 2

listed() { sed -E '/^[[:space:]]*(#|$)/d; s/:.*//' "$list" | sort -u; }

# The names of results; those of a theory's cases without their arguments.
names() { sed -E 's/.* testName="([^"(]*).*/\1/' | sort -u; }

results() { grep -ho '<UnitTestResult [^>]*>' "$@" || true; }

case "$what" in
  unlisted) results "$@" | { grep 'outcome="NotExecuted"' || true; } | names | comm -23 - <(listed) ;;
  ran) results "$@" | { grep -v 'outcome="NotExecuted"' || true; } | names | comm -12 - <(listed) ;;
  *) echo "skipped-tests: there is no '$what'; use unlisted or ran" >&2; exit 2 ;;
esac
