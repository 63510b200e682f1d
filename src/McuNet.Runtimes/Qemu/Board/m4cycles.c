/* Cycle model of an Arm Cortex-M4 for QEMU's TCG plugin interface.
 *
 * Counts, for each region between an execution of address `begin` and the next of
 * address `end`, the executed instructions and the cycles that the Cortex-M4 TRM
 * (instruction timing table) gives for zero-wait-state memory:
 *   data processing, multiply, multiply-accumulate, DSP (SMLAD, SXTB16, ...)  1
 *   single load 2, or 1 straight after another single load (pipelined)
 *   single store 1 (write buffer); multiple/double transfers 1 + registers
 *   +1 where a load or store takes its address from the result of the
 *   instruction before it (no forwarding to the address phase)
 *   branch taken 3, not taken 1; call, return, indirect branch 3
 *   load to the program counter 5, table branch 6
 *   SDIV/UDIV 7; VDIV/VSQRT 14; VMLA/VFMA 3; other FP arithmetic 1
 *   VMOV of two core registers 2; VLDR/VSTR 2 (pipelined load 1); VLDM/VSTM/VPUSH/VPOP 1 + registers
 * It is a model: FP result latency is left out.
 *
 * With `flash` it also counts the cycles for which the core waits for flash, apart from those above. A read of flash that no cache holds
 * waits i_waits (instructions) or d_waits (data) cycles and fetches i_read or d_read bytes. A cache has ways of lines, replaced by LRU; a line is
 * filled a read at a time. i_prefetch fetches the next instructions while those of one read execute. Reads of data and instructions do
 * not wait for each other, and the core's own fetch buffer is the last read. `shared` lets data use the instruction cache.
 *
 * With `enter`, `leave` and `window` it also counts by operator. `enter` and `leave`
 * are functions that load one byte; the distance of its address to `window` is the
 * operator. Operators may nest: an inner one is not counted for the outer. Code that
 * starts in one of the four functions is not counted at all.
 *
 * Build: cc -O2 -shared -fPIC -o m4cycles.so m4cycles.c
 * Run:   qemu-system-arm ... -plugin ./m4cycles.so,out=FILE,begin=ADDR,end=ADDR
 *            [,enter=ADDR,enter_size=N,leave=ADDR,leave_size=N,window=ADDR][,dump=on]
 *            [,flash=ADDR,flash_size=N,i_waits=N,i_read=BYTES,i_prefetch=0|1,i_cache=BYTES,i_line=BYTES,i_ways=N,d_…,shared=0|1]
 *        FILE receives lines "region INDEX INSTRUCTIONS CYCLES FETCH DATA" and, for operators
 *        that ran, "operator INDEX CALLS INSTRUCTIONS CYCLES FETCH DATA", the last two the
 *        cycles of waiting for flash; dump=on lists every translated instruction with its
 *        cost on standard error.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of QEMU's plugin interface (version 1) that this file uses. */
typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_RW = 3 }; /* reads alone (1) are not reported by QEMU 7.2 */
typedef uint32_t qemu_plugin_meminfo_t;
typedef void (*vcpu_tb_trans_cb)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*vcpu_udata_cb)(unsigned, void *);
typedef void (*vcpu_mem_cb)(unsigned, qemu_plugin_meminfo_t, uint64_t, void *);
typedef void (*udata_cb)(qemu_plugin_id_t, void *);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, vcpu_tb_trans_cb);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, vcpu_udata_cb, enum qemu_plugin_cb_flags, void *);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, vcpu_udata_cb, enum qemu_plugin_cb_flags, void *);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *, vcpu_mem_cb, enum qemu_plugin_cb_flags, enum qemu_plugin_mem_rw, void *);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, udata_cb, void *);
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t);
unsigned qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);
char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *);
__attribute__((visibility("default"))) int qemu_plugin_version = 1;

struct block {
    uint64_t start, fallthrough;
    unsigned insns, cycles;   /* taken branches apart */
    bool conditional; /* ends in a conditional branch: +2 when taken */
    bool marker;      /* belongs to the measurement, not to what is measured */
};
struct count { uint64_t calls, insns, cycles, fetch, data; };
struct range { uint64_t start, size; };

/* One way into flash. The lines of a set lie in order of their last use. */
struct line { uint64_t tag; uint32_t reads; };
struct path { uint64_t waits, read, prefetch, cache, line, ways; struct line *lines; };

enum { OPERATORS = 4096, NESTING = 64 };

static uint64_t begin_addr, end_addr, window;
static struct range enter_range, leave_range;
static const char *out_path;
static bool counting, dump;
static struct range flash_range;
static struct path instructions, data;
static uint64_t shared_cache, last_read = UINT64_MAX;
static double last_cycles;
static struct count *regions, operators[OPERATORS];
static size_t region_count;
static unsigned active[NESTING], depth;
static const struct block *previous;

static bool starts(const char *s, const char *prefix) { return strncmp(s, prefix, strlen(prefix)) == 0; }

/* Registers named in a {…} list: "r4, r5-r7" counts 4. */
static unsigned list_length(const char *operands)
{
    const char *p = strchr(operands, '{');
    unsigned n = 0;
    if (!p) return 2;
    for (p++; *p && *p != '}'; p++) {
        if (*p == '-') {
            const char *back = p; while (back > operands && (back[-1] >= '0' && back[-1] <= '9')) back--;
            n += (unsigned)(atoi(p + 2) - atoi(back));
        } else if ((*p == 'r' || *p == 's' || *p == 'd' || *p == 'l' || *p == 'p' || *p == 'i' || *p == 'f') && (p[-1] == '{' || p[-1] == ' ' || p[-1] == ',')) n++;
    }
    return n ? n : 1;
}

static unsigned commas(const char *operands) { unsigned n = 0; while (*operands) n += *operands++ == ','; return n; }

enum kind { OTHER, LOAD };

/* The register that a data-processing instruction writes ("r4"), or "". */
static void destination(const char *text, char out[8])
{
    size_t i = 0, n = 0;
    out[0] = 0;
    if (starts(text, "ldr") || starts(text, "str") || starts(text, "v") || starts(text, "cmp") || starts(text, "cmn") || starts(text, "tst") || starts(text, "teq") || starts(text, "it") || text[0] == 'p') return;
    while (text[i] && text[i] != ' ' && text[i] != '\t') i++;
    while (text[i] == ' ' || text[i] == '\t') i++;
    while (text[i] && text[i] != ',' && n < 7) out[n++] = text[i++];
    out[n] = 0;
}

/* Whether the address in [...] uses that register. */
static bool addresses_with(const char *text, const char *reg)
{
    const char *p = strchr(text, '[');
    size_t n = strlen(reg);
    if (!p || !n) return false;
    for (p++; *p && *p != ']'; p++)
        if (!strncmp(p, reg, n) && (p[n] == ']' || p[n] == ',') && (p[-1] == '[' || p[-1] == ' ')) return true;
    return false;
}

static unsigned cost(const char *text, enum kind *kind, bool after_load, bool *conditional)
{
    char m[24]; size_t i = 0;
    while (text[i] && text[i] != ' ' && text[i] != '\t' && i < sizeof m - 1) { m[i] = text[i]; i++; }
    m[i] = 0;
    const char *ops = text + i;
    *kind = OTHER; *conditional = false;
    bool to_pc = strstr(ops, "pc}") || starts(ops, " pc,");
    if (starts(m, "ldm") || starts(m, "pop")) return 1 + list_length(ops) + (to_pc ? 2 : 0);
    if (starts(m, "stm") || starts(m, "push")) return 1 + list_length(ops);
    if (starts(m, "ldrd") || starts(m, "strd")) return 3;
    if (starts(m, "ldr")) { *kind = LOAD; return to_pc ? 5 : after_load ? 1 : 2; }
    if (starts(m, "str")) return 1;
    if (starts(m, "tbb") || starts(m, "tbh")) return 6;
    if (starts(m, "cbz") || starts(m, "cbnz")) { *conditional = true; return 1; }
    if (starts(m, "blx") || starts(m, "bx") || !strcmp(m, "bl") || !strcmp(m, "b") || !strcmp(m, "b.w")) return 3;
    if (m[0] == 'b' && !starts(m, "bic") && !starts(m, "bf") && !starts(m, "bkpt")) { *conditional = true; return 1; }
    if (starts(m, "sdiv") || starts(m, "udiv")) return 7;
    if (starts(m, "vdiv") || starts(m, "vsqrt")) return 14;
    if (starts(m, "vmla") || starts(m, "vmls") || starts(m, "vfm") || starts(m, "vfnm") || starts(m, "vnml")) return 3;
    if (starts(m, "vldm") || starts(m, "vpop") || starts(m, "vstm") || starts(m, "vpush")) return 1 + list_length(ops);
    if (starts(m, "vldr")) { *kind = LOAD; return after_load ? 1 : 2; }
    if (starts(m, "vstr")) return 2;
    if (!strcmp(m, "vmov")) return commas(ops) == 3 ? 2 : 1;
    return 1;
}

static void add_to(struct count *to, unsigned n, unsigned c, uint64_t fetched, uint64_t read)
{
    to->insns += n; to->cycles += c; to->fetch += fetched; to->data += read;
}

static void add(unsigned n, unsigned c, uint64_t fetched, uint64_t read)
{
    add_to(&regions[region_count - 1], n, c, fetched, read);
    if (depth > 0 && depth <= NESTING) add_to(&operators[active[depth - 1]], n, c, fetched, read);
}

static bool within(uint64_t at, struct range r) { return at >= r.start && at - r.start < r.size; }

/* Whether the cache of a path holds the read of `bytes` at an address; afterwards it does. */
static bool cached(struct path *p, uint64_t address, uint64_t bytes)
{
    if (!p->cache) return false;
    uint64_t tag = address / p->line, sets = p->cache / p->line / p->ways, i = 0;
    uint32_t read = 1u << (address % p->line / bytes);
    struct line *set = p->lines + tag % sets * p->ways, found;
    while (i < p->ways - 1 && set[i].tag != tag) i++;
    found = set[i];
    if (found.tag != tag) { found.tag = tag; found.reads = 0; }
    bool hit = (found.reads & read) != 0;
    found.reads |= read;
    memmove(set + 1, set, i * sizeof *set);
    set[0] = found;
    return hit;
}

/* Waits for the instructions of a block. Its cycles spread over its bytes: so long did the read before this one last. */
static uint64_t fetch(const struct block *b)
{
    uint64_t waited = 0, bytes = b->fallthrough - b->start;
    for (uint64_t r = b->start / instructions.read; bytes && r <= (b->fallthrough - 1) / instructions.read; r++) {
        uint64_t from = r * instructions.read, to = from + instructions.read;
        if (from < b->start) from = b->start;
        if (to > b->fallthrough) to = b->fallthrough;
        double share = (double)b->cycles * (double)(to - from) / (double)bytes;
        if (r == last_read) { last_cycles += share; continue; }
        if (!cached(&instructions, r * instructions.read, instructions.read)) {
            double wait = (double)instructions.waits;
            if (instructions.prefetch && r == last_read + 1) wait = wait + 1 - last_cycles;
            if (wait > (double)instructions.waits) wait = (double)instructions.waits;
            if (wait > 0) waited += (uint64_t)(wait + 0.5);
        }
        last_read = r; last_cycles = share;
    }
    return waited;
}

static void on_access(unsigned cpu, qemu_plugin_meminfo_t info, uint64_t address, void *unused)
{
    (void)cpu; (void)unused;
    if (!counting || qemu_plugin_mem_is_store(info) || !within(address, flash_range)) return;
    uint64_t last = address + (1u << qemu_plugin_mem_size_shift(info)) - 1;
    for (uint64_t r = address / data.read; r <= last / data.read; r++)
        if (!cached(shared_cache ? &instructions : &data, r * data.read, data.read)) add(0, 0, 0, data.waits);
}

static void on_block(unsigned cpu, void *data)
{
    (void)cpu;
    const struct block *b = data;
    if (counting && !b->marker) {
        bool taken = previous && previous->conditional && previous->fallthrough != b->start;
        add(b->insns, b->cycles + (taken ? 2 : 0), flash_range.size && within(b->start, flash_range) ? fetch(b) : 0, 0);
    }
    previous = b;
}

static void on_begin(unsigned cpu, void *data)
{
    (void)cpu; (void)data;
    struct count *grown = realloc(regions, (region_count + 1) * sizeof *regions);
    if (!grown) abort();
    regions = grown;
    memset(&regions[region_count++], 0, sizeof *regions);
    counting = true;
    previous = NULL;
    depth = 0;
}
static void on_end(unsigned cpu, void *data) { (void)cpu; (void)data; counting = false; }

static void on_enter(unsigned cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)cpu; (void)info; (void)data;
    uint64_t op = address - window;
    if (!counting || op >= OPERATORS) return;
    if (depth < NESTING) active[depth] = (unsigned)op;
    depth++;
    operators[op].calls++;
}
static void on_leave(unsigned cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)cpu; (void)info; (void)data;
    if (counting && address - window < OPERATORS && depth > 0) depth--;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    size_t n = qemu_plugin_tb_n_insns(tb);
    struct block *b = calloc(1, sizeof *b);
    bool after_load = false;
    char written[8] = "";
    b->start = qemu_plugin_tb_vaddr(tb);
    b->insns = (unsigned)n;
    b->marker = b->start == begin_addr || b->start == end_addr || within(b->start, enter_range) || within(b->start, leave_range);
    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t at = qemu_plugin_insn_vaddr(insn);
        char *text = qemu_plugin_insn_disas(insn);
        enum kind kind; bool conditional;
        unsigned c = cost(text, &kind, after_load, &conditional);
        c += addresses_with(text, written);
        destination(text, written);
        if (dump) fprintf(stderr, "%08" PRIx64 " %u %s\n", at, c, text);
        b->cycles += c; b->conditional = conditional; after_load = kind == LOAD;
        b->fallthrough = at + qemu_plugin_insn_size(insn);
        if (flash_range.size && !b->marker && (starts(text, "ldr") || starts(text, "ldm") || starts(text, "pop") || starts(text, "vld") || starts(text, "vpop")))
            qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
        if (at == begin_addr) qemu_plugin_register_vcpu_insn_exec_cb(insn, on_begin, QEMU_PLUGIN_CB_NO_REGS, NULL);
        if (at == end_addr) qemu_plugin_register_vcpu_insn_exec_cb(insn, on_end, QEMU_PLUGIN_CB_NO_REGS, NULL);
        if (within(at, enter_range)) qemu_plugin_register_vcpu_mem_cb(insn, on_enter, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
        if (within(at, leave_range)) qemu_plugin_register_vcpu_mem_cb(insn, on_leave, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
        free(text);
    }
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, b);
}

static void on_exit_(qemu_plugin_id_t id, void *data)
{
    (void)id; (void)data;
    FILE *out = fopen(out_path, "w");
    if (!out) { fprintf(stderr, "m4cycles: cannot write %s\n", out_path); return; }
    for (size_t i = 0; i < region_count; i++) fprintf(out, "region %zu %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", i, regions[i].insns, regions[i].cycles, regions[i].fetch, regions[i].data);
    for (unsigned i = 0; i < OPERATORS; i++)
        if (operators[i].calls)
            fprintf(out, "operator %u %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", i, operators[i].calls, operators[i].insns, operators[i].cycles, operators[i].fetch, operators[i].data);
    fclose(out);
}

static uint64_t number(const char *argument) { return strtoull(strchr(argument, '=') + 1, NULL, 0); }
static uint64_t code(const char *argument) { return number(argument) & ~1ull; }

static bool option(const char *argument, const char *prefix, struct path *p)
{
    const struct { const char *name; uint64_t *field; } fields[] = {
        { "waits=", &p->waits }, { "read=", &p->read }, { "prefetch=", &p->prefetch }, { "cache=", &p->cache }, { "line=", &p->line }, { "ways=", &p->ways },
    };
    if (!starts(argument, prefix)) return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (starts(argument + strlen(prefix), fields[i].name)) { *fields[i].field = number(argument); return true; }
    return false;
}

/* Whether a path that waits can be followed; gives it lines. */
static bool usable(struct path *p)
{
    if (!p->read) return false;
    if (!p->cache) return true;
    if (!p->line || p->line / p->read > 32 || p->line % p->read || !p->ways || p->cache % (p->line * p->ways)) return false;
    p->lines = calloc(p->cache / p->line, sizeof *p->lines);
    if (!p->lines) abort();
    for (uint64_t i = 0; i < p->cache / p->line; i++) p->lines[i].tag = UINT64_MAX;
    return true;
}

__attribute__((visibility("default")))
int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (starts(argv[i], "begin=")) begin_addr = code(argv[i]);
        else if (starts(argv[i], "end=")) end_addr = code(argv[i]);
        else if (starts(argv[i], "enter=")) enter_range.start = code(argv[i]);
        else if (starts(argv[i], "enter_size=")) enter_range.size = number(argv[i]);
        else if (starts(argv[i], "leave=")) leave_range.start = code(argv[i]);
        else if (starts(argv[i], "leave_size=")) leave_range.size = number(argv[i]);
        else if (starts(argv[i], "window=")) window = number(argv[i]);
        else if (starts(argv[i], "out=")) out_path = strdup(argv[i] + 4);
        else if (starts(argv[i], "flash=")) flash_range.start = number(argv[i]);
        else if (starts(argv[i], "flash_size=")) flash_range.size = number(argv[i]);
        else if (starts(argv[i], "shared=")) shared_cache = number(argv[i]);
        else if (option(argv[i], "i_", &instructions) || option(argv[i], "d_", &data)) continue;
        else if (!strcmp(argv[i], "dump=on")) dump = true;
        else { fprintf(stderr, "m4cycles: unknown argument %s\n", argv[i]); return -1; }
    }
    if (!out_path) { fprintf(stderr, "m4cycles: out=FILE is missing\n"); return -1; }
    if (flash_range.size && (!usable(&instructions) || !usable(&data))) { fprintf(stderr, "m4cycles: reads of flash, or a cache, have no size\n"); return -1; }
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_exit_, NULL);
    return 0;
}
