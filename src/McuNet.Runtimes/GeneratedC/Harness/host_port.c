/* The runner's port for the machine that compiles it. */
#include <stdio.h>
#include <stdlib.h>
#include "port.h"

static FILE *cases, *outputs, *report;

static void require(int held)
{
    if (!held)
        port_finish(MN_INPUT_OUTPUT_FAILED);
}

void port_start(void)
{
    cases = fopen("cases.bin", "rb");
    outputs = fopen("outputs.bin", "wb");
    report = fopen("report.txt", "w");
    require(cases && outputs && report);
}

void port_read(uint32_t offset, void *to, uint32_t bytes)
{
    require(fseek(cases, (long)offset, SEEK_SET) == 0 && fread(to, 1, bytes, cases) == bytes);
}

void port_write(const void *from, uint32_t bytes) { require(fwrite(from, 1, bytes, outputs) == bytes); }

void port_report(const char *key, uint32_t value) { fprintf(report, "%s %x\n", key, (unsigned)value); }

void port_finish(int status) { exit(status); }

void *port_stack_pointer(void) { return 0; }
void port_stack_paint(void *top) { (void)top; }
uint32_t port_stack_used(void *top) { (void)top; return 0; }

void mn_mark_begin(const uint8_t *arena) { (void)arena; }
void mn_mark_end(void) {}
