/* Writes the log, character by character, and its sum. */
#include "bench.h"
#include "semihost.h"

enum { SYS_WRITE0 = 0x04, SYS_EXIT = 0x18, EXIT_DONE = 0x20026, EXIT_FAILED = 0x20023 };
enum { LINE_BYTES = 128 };

static uint32_t sum = DIGEST_START, lines;
static int by_semihosting;

__attribute__((weak)) void mn_bench_putc(char character)
{
    static char line[LINE_BYTES];
    static uint32_t used;
    by_semihosting = 1;
    line[used++] = character;
    if (character == '\n' || used == LINE_BYTES - 1) {
        line[used] = 0;
        semihost(SYS_WRITE0, line);
        used = 0;
    }
}

/* FNV-1a. */
uint32_t digest(uint32_t value, const uint8_t *bytes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        value = (value ^ bytes[i]) * 0x01000193u;
    return value;
}

static void put(char character)
{
    const uint8_t byte = (uint8_t)character;
    sum = digest(sum, &byte, 1);
    mn_bench_putc(character);
}

static void put_text(const char *text)
{
    while (*text)
        put(*text++);
}

void log_line(const char *word)
{
    put_text("mn: ");
    put_text(word);
    lines++;
}

void log_text(const char *key, const char *value)
{
    put(' ');
    put_text(key);
    put('=');
    put_text(value);
}

void log_number(const char *key, uint32_t value)
{
    char digits[11];
    uint32_t at = sizeof digits - 1;
    digits[at] = 0;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    log_text(key, digits + at);
}

void log_close(void) { put('\n'); }

void log_last_line(uint32_t status)
{
    const uint32_t before = sum, count = lines;
    log_line("end");
    log_number("status", status);
    log_number("lines", count);
    log_number("sum", before);
    log_close();
}

void log_leave(int failed)
{
    if (by_semihosting)
        semihost(SYS_EXIT, (const void *)(failed ? EXIT_FAILED : EXIT_DONE));
}
