/* Packs random layers for the DSP kernels at run time: the same steps as the compiler's packing, written independently of it. */
static uint32_t random_state = 1;
static uint32_t random_word(void) { random_state ^= random_state << 13; random_state ^= random_state >> 17; random_state ^= random_state << 5; return random_state; }
static int32_t random_between(int32_t low, int32_t high) { return low + (int32_t)(random_word() % (uint32_t)(high - low + 1)); }

static int32_t reference_output(int32_t acc, float scale, int32_t zero, int32_t low, int32_t high) { return mn_requantize(acc, scale, zero, low, high); }

static uint32_t float_bits(float f) { uint32_t b; memcpy(&b, &f, 4); return b; }

/*
 * Numbers m, d, c such that ((acc + d) * m + c * 2^(32 - fine)) >> (32 + shift), saturated, equals the reference for all acc in
 * [low, high]: for each output n the smallest acc that reaches it, T(n), bounds beta = d * m + c * 2^(32 - fine) by
 * n * 2^(32 + shift) - T(n) * m <= beta < n * 2^(32 + shift) - (T(n) - 1) * m.
 */
static int find_integer(float scale, int32_t zero, int64_t low, int64_t high, int32_t shift, int32_t fine, uint32_t *m, int32_t *d, int32_t *c)
{
    static int32_t threshold[256], output[256];
    uint32_t count = 0;
    const double exact = (double)scale * (double)((int64_t)1 << (32 + shift));
    if (!(exact < 2147483000.0) || exact < 65536.0)
        return 0;
    if ((double)(high > -low ? high : -low) * scale * (double)(1 << shift) * (double)(1 << fine) > 1e9)
        return 0;
    for (int32_t n = -127; n <= 127; n++) {
        int64_t t = (int64_t)((n - zero - 0.5) / (double)scale) - 3;
        if (t > high + 4) break;
        if (t < low - 8) continue;
        while (reference_output((int32_t)t, scale, zero, -128, 127) < n) t++;
        if (t <= low || t > high) continue;
        threshold[count] = (int32_t)t, output[count++] = n;
    }
    const int64_t one = (int64_t)1 << (32 + shift), unit = (int64_t)1 << (32 - fine);
    for (int32_t j = 0; j < 33; j++) {
        const int64_t mm = (int64_t)(exact + 0.5) + ((j & 1) != 0 ? (j + 1) / 2 : -(j / 2));
        int64_t from = -((int64_t)1 << 62), to = (int64_t)1 << 62;
        if (mm > 2147483647) continue;
        for (uint32_t i = 0; i < count; i++) {
            const int64_t a = output[i] * one - threshold[i] * mm, b = output[i] * one - (threshold[i] - (int64_t)1) * mm - 1;
            if (a > from) from = a;
            if (b < to) to = b;
        }
        if (count == 0) from = to = zero * one + one / 2;
        if (from > to) continue;
        const int64_t middle = from + (to - from) / 2;
        for (int32_t k = 0; k < 4096; k++) {
            const int32_t dd = (k & 1) != 0 ? (k + 1) / 2 : -(k / 2);
            int64_t cc = (middle - dd * mm) / unit;
            while (cc * unit + dd * mm < from) cc++;
            while (cc * unit + dd * mm > to) cc--;
            if (cc * unit + dd * mm >= from) {
                *m = (uint32_t)mm, *d = dd, *c = (int32_t)cc;
                return 1;
            }
        }
    }
    return 0;
}

typedef struct { uint32_t taps, channels; const int8_t *weights; const int32_t *bias; const float *scale; int32_t zero; } layer;
static uint32_t integer_channels, float_channels;

/* order[i]: tap that is multiplied with half-word i of a pixel in scratch, or -1. */
static uint32_t pack_dot(const layer *l, const int32_t *order, uint32_t padded, uint32_t *stream)
{
    uint32_t *s = stream;
    for (uint32_t g = 0; g < l->channels; g += 4) {
        uint32_t m[4]; int32_t d[4] = { 0 }, c[4], ok = 1;
        for (uint32_t i = 0; i < 4; i++) {
            int64_t low = 0, high = 0;
            m[i] = 65536, c[i] = 0;
            if (g + i >= l->channels) continue;
            low = high = l->bias[g + i];
            for (uint32_t t = 0; t < l->taps; t++) {
                const int32_t w = l->weights[(g + i) * l->taps + t];
                low += w < 0 ? 127 * w : -128 * w, high += w < 0 ? -128 * w : 127 * w;
            }
            ok = ok && find_integer(l->scale[g + i], l->zero, low, high, 2, (i & 1) == 0 ? 8 : 0, &m[i], &d[i], &c[i]);
        }
        for (uint32_t i = 0; i < 4 && g + i < l->channels; i++) { if (ok) integer_channels++; else float_channels++; }
        uint32_t b[4];
        for (uint32_t i = 0; i < 4; i++) {
            b[i] = g + i < l->channels ? (uint32_t)(l->bias[g + i] + (ok ? d[i] : 0)) : 0;
            if (!ok) m[i] = g + i < l->channels ? float_bits((i & 1) == 0 ? l->scale[g + i] / 256.0f : l->scale[g + i]) : 0, c[i] = l->zero + (i == 0 ? 0x40000000 : 0);
        }
        *s++ = b[0] * 256u + b[1], *s++ = b[1], *s++ = b[2] * 256u + b[3], *s++ = b[3];
        for (uint32_t t = 0; t < padded; t += 2)
            for (uint32_t pair = 0; pair < 4; pair += 2) {
                uint32_t word = 0;
                for (uint32_t h = 0; h < 2; h++) {
                    int32_t w[2] = { 0, 0 };
                    for (uint32_t i = 0; i < 2; i++)
                        if (order[t + h] >= 0 && g + pair + i < l->channels) w[i] = l->weights[(g + pair + i) * l->taps + (uint32_t)order[t + h]];
                    word |= (uint32_t)(uint16_t)(256 * w[0] + w[1]) << (16 * h);
                }
                *s++ = word;
            }
        for (uint32_t pair = 0; pair < 4; pair += 2)
            *s++ = m[pair], *s++ = m[pair + 1], *s++ = (uint32_t)c[pair], *s++ = (uint32_t)c[pair + 1];
    }
    return (uint32_t)(s - stream);
}

/* Whole quads of each run as (0, 2), (1, 3), then what is left of all runs in sequence. Returns the padded number of taps. */
static uint32_t order_runs(uint32_t runs, uint32_t run, int32_t *order)
{
    uint32_t n = 0;
    for (uint32_t r = 0; r < runs; r++)
        for (uint32_t q = 0; q + 4 <= run; q += 4) {
            const int32_t at = (int32_t)(r * run + q);
            order[n++] = at, order[n++] = at + 2, order[n++] = at + 1, order[n++] = at + 3;
        }
    for (uint32_t r = 0; r < runs; r++)
        for (uint32_t i = run & ~3u; i < run; i++) order[n++] = (int32_t)(r * run + i);
    while ((n & 3u) != 0u) order[n++] = -1;
    return n;
}
