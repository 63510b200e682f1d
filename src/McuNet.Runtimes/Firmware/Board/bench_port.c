/* The runner's port for a board: cases lie in flash, outputs are compared there, cycles go into the log.
 *
 * The runner is told of more cases than there are, and sees each of them again and again:
 *
 *     inferences [0, CASES)             checked: where an output is wrong, the first layer whose result is
 *     then RUNS for each case           measured whole
 *     then LAYER_RUNS, case after case  measured by layer
 */
#include "bench.h"
#include "bench_config.h"
#include "port.h"

enum { WRONG_OUTPUTS = 30 };
enum { CASES_CHECKED = BENCH_CASES, CASES_WHOLE = BENCH_CASES * BENCH_RUNS };
#ifdef MN_PROFILE
enum { CASES_LAYERS = BENCH_RUNS };
#else
enum { CASES_LAYERS = 0 };
#endif
enum { NO_LAYER = -1 };

static uint32_t inference; /* how many have ended */
static uint32_t begun, whole, stack, outputs_seen, wrong;

static uint32_t current_case(void) { return inference % BENCH_CASES; }
static int checks(void) { return inference < CASES_CHECKED; }

__attribute__((weak)) uint32_t mn_bench_init(void) { return 0; }

static void copy(void *to, const uint8_t *from, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        ((uint8_t *)to)[i] = from[i];
}

#ifdef MN_PROFILE
enum { IDLE, CHECKING, MEASURING };
static int watch;
static const uint8_t *watched;
static int first_wrong_layer;
static uint32_t layers_checked, layers_wrong;
static uint32_t entered;
static struct { uint32_t cycles, steps; } layers[BENCH_LAYERS];

__attribute__((noinline)) void mn_profile_begin(unsigned op)
{
    (void)op;
    if (watch == MEASURING)
        entered = counter_now();
}

static void check_layer(unsigned op)
{
    const struct bench_tensor *tensor = &bench_tensors[op];
    if (tensor->bytes == 0)
        return;
    layers_checked++;
    if (digest(DIGEST_START, watched + tensor->offset, tensor->bytes) == bench_digests[current_case() * BENCH_LAYERS + op])
        return;
    layers_wrong++;
    if (first_wrong_layer == NO_LAYER)
        first_wrong_layer = (int)op;
}

__attribute__((noinline)) void mn_profile_end(unsigned op)
{
    if (watch == MEASURING) {
        layers[op].cycles += counter_now() - entered;
        layers[op].steps++;
    } else if (watch == CHECKING) {
        check_layer(op);
    }
}

static void clear_layers(void)
{
    for (uint32_t i = 0; i < BENCH_LAYERS; i++)
        layers[i].cycles = layers[i].steps = 0;
}

/* What a pair of hooks costs an inference that is measured whole, and what it adds to a step of a layer. */
static void report_hooks(void)
{
    uint32_t start = counter_now();
    for (uint32_t i = 0; i < 64; i++) {
        mn_profile_begin(0);
        mn_profile_end(0);
    }
    const uint32_t idle = (counter_now() - start) / 64;
    watch = MEASURING;
    for (uint32_t i = 0; i < 64; i++) {
        mn_profile_begin(0);
        mn_profile_end(0);
    }
    watch = IDLE;
    log_line("hooks");
    log_number("idle", idle);
    log_number("measuring", layers[0].cycles / 64);
    log_close();
    clear_layers();
}

static void report_layers(void)
{
    for (uint32_t i = 0; i < BENCH_LAYERS; i++) {
        if (layers[i].steps == 0)
            continue;
        log_line("layer");
        log_number("index", i);
        log_number("steps", layers[i].steps);
        log_number("cycles", layers[i].cycles);
        log_close();
    }
    clear_layers();
}
#endif

void port_start(void)
{
    const uint32_t clock = mn_bench_init();
    caches_start();
    counter_start();
    log_line("begin");
    log_number("format", 1);
    log_text("project", BENCH_PROJECT);
    log_close();
    log_line("model");
    log_text("name", BENCH_MODEL);
    log_text("file", BENCH_MODEL_HASH);
    log_text("code", BENCH_CODE_HASH);
    log_number("cases", BENCH_CASES);
    log_close();
    log_line("board");
    log_text("device", BENCH_DEVICE);
    log_text("core", BENCH_CORE);
    log_number("clock", clock);
    log_text("counter", counter_name());
    log_text("caches", caches_state());
    log_close();
    log_line("compiler");
    log_text("version", __VERSION__);
    log_close();
    log_line("flags");
    log_text("model", BENCH_FLAGS);
    log_close();
#ifdef MN_PROFILE
    report_hooks();
#endif
}

void port_read(uint32_t offset, void *to, uint32_t bytes)
{
    uint32_t inferences = CASES_CHECKED + CASES_WHOLE + CASES_LAYERS;
    if (offset == 0)
        copy(to, (const uint8_t *)&inferences, bytes);
    else
        copy(to, bench_inputs + (offset - sizeof inferences) % (BENCH_CASES * BENCH_INPUT_BYTES), bytes);
}

void mn_mark_begin(const uint8_t *arena)
{
#ifdef MN_PROFILE
    watched = arena;
    first_wrong_layer = NO_LAYER;
    watch = checks() ? CHECKING : inference < CASES_CHECKED + CASES_WHOLE ? IDLE : MEASURING;
#else
    (void)arena;
#endif
    counter_alone(1);
    begun = counter_now();
}

void mn_mark_end(void)
{
    whole = counter_now() - begun;
    counter_alone(0);
#ifdef MN_PROFILE
    watch = IDLE;
#endif
}

void port_report(const char *key, uint32_t value)
{
    if (key[0] == 's') { /* "stack", after each inference: the deepest goes into the log */
        stack = value > stack ? value : stack;
        return;
    }
    log_line("fault");
    log_number(key, value);
    log_close();
}

static void compare(const uint8_t *is, const uint8_t *expected, uint32_t bytes)
{
    uint32_t differ = 0, first = 0;
    for (uint32_t i = bytes; i-- > 0;)
        if (is[i] != expected[i]) {
            differ++;
            first = i;
        }
    if (differ == 0)
        return;
    wrong = 1;
    log_line("wrong");
    log_number("case", current_case());
    log_number("byte", outputs_seen + first);
    log_number("is", is[first]);
    log_number("expected", expected[first]);
    log_number("differ", differ);
#ifdef MN_PROFILE
    if (first_wrong_layer != NO_LAYER)
        log_number("layer", (uint32_t)first_wrong_layer);
#endif
    log_close();
}

static void end_inference(void)
{
    if (inference >= CASES_CHECKED && inference < CASES_CHECKED + CASES_WHOLE) {
        log_line("run");
        log_number("case", current_case());
        log_number("cycles", whole);
        log_close();
    }
#ifdef MN_PROFILE
    if (inference >= CASES_CHECKED + CASES_WHOLE)
        report_layers();
#endif
    inference++;
    outputs_seen = 0;
    if (wrong && !checks())
        port_finish(WRONG_OUTPUTS);
}

void port_write(const void *from, uint32_t bytes)
{
    compare(from, bench_outputs + current_case() * BENCH_OUTPUT_BYTES + outputs_seen, bytes);
    outputs_seen += bytes;
    if (outputs_seen == BENCH_OUTPUT_BYTES)
        end_inference();
}

void port_finish(int status)
{
#ifdef MN_PROFILE
    log_line("checks");
    log_number("layers", layers_checked);
    log_number("wrong", layers_wrong);
    log_close();
#endif
    log_line("stack");
    log_number("bytes", stack);
    log_close();
    log_last_line((uint32_t)status);
    log_leave(status != MN_DONE);
    for (;;) {
    }
}
