/* What the parts of the benchmark know of each other. The two hooks are for the application; weak definitions stand in for them. */
#ifndef BENCH_H
#define BENCH_H
#include <stdint.h>

/* Hook: sets up clock, flash wait states, caches in front of the flash and the UART. Returns the core clock in hertz, 0 where it is not known. */
uint32_t mn_bench_init(void);

/* Hook: sends one character of the log. As it stands, the log goes to the debugger by semihosting. */
void mn_bench_putc(char character);

/* The data that mcunet wrote: bench_cases.c. */
struct bench_tensor {
    uint32_t offset, bytes; /* in the arena; 0 bytes where no moment shows the whole tensor */
};
extern const uint8_t bench_inputs[];   /* by case, then by input */
extern const uint8_t bench_outputs[];  /* by case, then by output: what must come out */
extern const struct bench_tensor bench_tensors[]; /* what each layer writes */
extern const uint32_t bench_digests[]; /* by case, then by layer */

/* The log: lines of words. The last line holds a sum over all characters before it. */
void log_line(const char *word);
void log_text(const char *key, const char *value);
void log_number(const char *key, uint32_t value);
void log_close(void);
void log_last_line(uint32_t status);
void log_leave(int failed); /* Ends the program where a debugger listens; returns otherwise. */

uint32_t digest(uint32_t sum, const uint8_t *bytes, uint32_t count);

/* Cycles: only differences of less than 2^32 mean something. */
enum { DIGEST_START = 0x811C9DC5 };
void counter_start(void);
const char *counter_name(void);
uint32_t counter_now(void);
void counter_alone(int alone); /* whether interrupts wait */
void caches_start(void);
const char *caches_state(void);
#endif
