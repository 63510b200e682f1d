#!/bin/sh
# Cycles per MAC of every scenario of bench.c under the cycle model: bench.sh ELF PLUGIN
elf=$1 plugin=$2
mark() { arm-none-eabi-nm "$elf" | awk -v n="$1" '$3==n{print "0x"$1}'; }
begin=$(mark icount_mark_begin) end=$(mark icount_mark_end)
run() { timeout 300 qemu-system-arm -M mps2-an386 -icount shift=6 -nographic -monitor none -serial none -semihosting-config enable=on,target=native "$@" -kernel "$elf"; }
run 2>&1 </dev/null | while IFS= read -r line; do
    i=$((${i:--1} + 1))
    cycles=$(run -plugin "$plugin,begin=$begin,end=$end,nth=$i" 2>&1 >/dev/null </dev/null | sed -n 's/.*cycles //p')
    macs=$(echo "$line" | sed 's/.*macs \([0-9]*\).*/\1/')
    echo "$line cycles $cycles per mac $(awk "BEGIN{printf \"%.3f\", $cycles / $macs}")"
done
