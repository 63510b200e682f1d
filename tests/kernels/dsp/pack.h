/* Packs random layers for the DSP kernels at run time: the same steps as the compiler's packing, written independently of it. */
static uint32_t random_state = 1;
static uint32_t random_word(void) { random_state ^= random_state << 13; random_state ^= random_state >> 17; random_state ^= random_state << 5; return random_state; }
static int32_t random_between(int32_t low, int32_t high) { return low + (int32_t)(random_word() % (uint32_t)(high - low + 1)); }

static int32_t reference_output(int32_t acc, float scale, int32_t zero, int32_t low, int32_t high) { return mn_requantize(acc, scale, zero, low, high); }

static uint32_t float_bits(float f) { uint32_t b; memcpy(&b, &f, 4); return b; }

/*
 * For each output n the smallest acc that reaches it, T(n), bounds beta in (acc * m + beta) >> (32 + shift) by
 * n * 2^(32 + shift) - T(n) * m <= beta < n * 2^(32 + shift) - (T(n) - 1) * m.
 */
typedef struct { int64_t m, from, to; } place;
static int32_t threshold[256], reached[256];

static uint32_t thresholds(float scale, int32_t zero, int64_t low, int64_t high)
{
    uint32_t count = 0;
    for (int32_t n = -127; n <= 127; n++) {
        int64_t t = (int64_t)((n - zero - 0.5) / (double)scale) - 3;
        if (t > high + 4) break;
        if (t < low - 8) continue;
        while (reference_output((int32_t)t, scale, zero, -128, 127) < n) t++;
        if (t <= low || t > high) continue;
        threshold[count] = (int32_t)t, reached[count++] = n;
    }
    return count;
}

static uint32_t find_places(float scale, int32_t zero, int64_t low, int64_t high, int32_t shift, int32_t fine, place *places)
{
    uint32_t found = 0;
    const double exact = (double)scale * (double)((int64_t)1 << (32 + shift));
    if (!(exact < 2147483000.0) || exact < 65536.0 || (double)(high > -low ? high : -low) * scale * (double)(1 << shift) * (double)(1 << fine) > 1e9)
        return 0;
    const uint32_t count = thresholds(scale, zero, low, high);
    const int64_t one = (int64_t)1 << (32 + shift);
    for (int32_t j = 0; j < 33; j++) {
        const int64_t mm = (int64_t)(exact + 0.5) + ((j & 1) != 0 ? (j + 1) / 2 : -(j / 2));
        int64_t from = -((int64_t)1 << 62), to = (int64_t)1 << 62;
        if (mm > 2147483647) continue;
        for (uint32_t i = 0; i < count; i++) {
            const int64_t a = reached[i] * one - threshold[i] * mm, b = reached[i] * one - (threshold[i] - (int64_t)1) * mm - 1;
            if (a > from) from = a;
            if (b < to) to = b;
        }
        if (count == 0) from = to = zero * one + one / 2;
        if (from <= to) places[found].m = mm, places[found].from = from, places[found++].to = to;
    }
    return found;
}

/* Numbers m, d, c such that ((acc + d) * m + c * 2^32) >> (32 + shift), saturated, equals the reference for all acc in [low, high]. */
static int find_integer(float scale, int32_t zero, int64_t low, int64_t high, int32_t shift, uint32_t *m, int32_t *d, int32_t *c)
{
    place places[33];
    const uint32_t count = find_places(scale, zero, low, high, shift, 0, places);
    const int64_t unit = (int64_t)1 << 32;
    for (uint32_t i = 0; i < count; i++) {
        const int64_t middle = places[i].from + (places[i].to - places[i].from) / 2;
        for (int32_t k = 0; k < 4096; k++) {
            const int32_t dd = (k & 1) != 0 ? (k + 1) / 2 : -(k / 2);
            int64_t cc = (middle - dd * places[i].m) / unit;
            while (cc * unit + dd * places[i].m < places[i].from) cc++;
            while (cc * unit + dd * places[i].m > places[i].to) cc--;
            if (cc * unit + dd * places[i].m >= places[i].from) {
                *m = (uint32_t)places[i].m, *d = dd, *c = (int32_t)cc;
                return 1;
            }
        }
    }
    return 0;
}

/* A multiple d * m / 2^fine of one of the places that with c * 2^(32 - fine) lies between its ends. */
static int place_with(const place *places, uint32_t count, int32_t fine, int64_t c, uint32_t *m, int32_t *d)
{
    for (uint32_t i = 0; i < count; i++) {
        const int64_t least = places[i].from * (1 << fine) - c * ((int64_t)1 << 32), most = (places[i].to + 1) * (1 << fine) - 1 - c * ((int64_t)1 << 32);
        int64_t q = least / places[i].m;
        while (q * places[i].m < least) q++;
        if (q * places[i].m <= most && q < (1 << 29) && q > -(1 << 29)) {
            *m = (uint32_t)places[i].m, *d = (int32_t)q;
            return 1;
        }
    }
    return 0;
}

/* weight_zero: null, or the zero points of the weights. */
typedef struct { uint32_t taps, channels; const int8_t *weights; const int32_t *bias; const float *scale; int32_t zero; const int8_t *weight_zero; } layer;
static uint32_t integer_channels, float_channels;

static int32_t weight_zero_of(const layer *l, uint32_t channel) { return l->weight_zero == NULL ? 0 : l->weight_zero[channel]; }

static void reach(const layer *l, uint32_t channel, int64_t *low, int64_t *high)
{
    *low = *high = l->bias[channel];
    for (uint32_t t = 0; t < l->taps; t++) {
        const int32_t w = l->weights[channel * l->taps + t] - weight_zero_of(l, channel);
        *low += w < 0 ? 127 * w : -128 * w, *high += w < 0 ? -128 * w : 127 * w;
    }
}

/* Multipliers, additions to start values and the common offset of channels g and g + 1; 0 where there are none. */
static int find_pair(const layer *l, uint32_t g, uint32_t *m, int32_t *d, int32_t *c)
{
    static place places[2][33];
    uint32_t count[2];
    for (uint32_t i = 0; i < 2; i++) {
        int64_t low, high;
        reach(l, g + i, &low, &high);
        count[i] = find_places(l->scale[g + i], l->zero, low, high, 1, 0, places[i]);
    }
    for (int32_t o = -32768; o < 32768 && count[0] != 0 && count[1] != 0; o++)
        if (place_with(places[0], count[0], 0, o, &m[0], &d[0]) && place_with(places[1], count[1], 0, o, &m[1], &d[1])) {
            *c = o;
            return 1;
        }
    return 0;
}

/* Multipliers, additions to start values and the common offset of channels g to g + 3; 0 where there are none. */
static int find_group(const layer *l, uint32_t g, uint32_t *m, int32_t *d, uint32_t *c)
{
    static place places[4][33];
    uint32_t count[4];
    for (uint32_t i = 0; i < 4; i++) {
        m[i] = 65536, d[i] = 0, count[i] = 0;
        if (g + i >= l->channels) continue;
        int64_t low, high;
        reach(l, g + i, &low, &high);
        count[i] = find_places(l->scale[g + i], l->zero, low, high, 2, (i & 1) == 0 ? 8 : 0, places[i]);
        if (count[i] == 0) return 0;
    }
    for (uint32_t o = 0; o < 131072; o++) {
        static const uint32_t order_of[4] = { 1, 3, 0, 2 };
        uint32_t i = 0;
        while (i < 4 && (count[order_of[i]] == 0 || place_with(places[order_of[i]], count[order_of[i]], order_of[i] & 1 ? 0 : 8, o, &m[order_of[i]], &d[order_of[i]]))) i++;
        if (i == 4) { *c = o; return 1; }
    }
    return 0;
}

/* order[i]: tap that is multiplied with half-word i of a pixel in scratch, or -1; from `taps` on, the sum of all. */
static uint32_t pack_dot(const layer *l, const int32_t *order, uint32_t padded, uint32_t *stream)
{
    uint32_t *s = stream;
    for (uint32_t g = 0; g < l->channels; g += 4) {
        uint32_t m[4], c, b[4]; int32_t d[4];
        const int ok = find_group(l, g, m, d, &c);
        if (!ok) c = 0x80000000u | (uint8_t)l->zero;
        for (uint32_t i = 0; i < 4; i++) {
            const uint32_t real = g + i < l->channels, start = real ? (uint32_t)l->bias[g + i] : 0;
            if (real) { if (ok) integer_channels++; else float_channels++; }
            b[i] = (i & 1) == 0 ? start * 256u + (ok ? (uint32_t)d[i] : 0) : start + (ok ? (uint32_t)d[i] : 0);
            if (!ok) m[i] = !real ? 0 : float_bits((i & 1) == 0 ? l->scale[g + i] / 256.0f : l->scale[g + i]);
        }
        *s++ = b[0] + b[1], *s++ = b[1], *s++ = b[2] + b[3], *s++ = b[3];
        for (uint32_t t = 0; t < padded; t += 2)
            for (uint32_t pair = 0; pair < 4; pair += 2) {
                uint32_t word = 0;
                for (uint32_t h = 0; h < 2; h++) {
                    int32_t w[2] = { 0, 0 };
                    for (uint32_t i = 0; i < 2; i++)
                        if (order[t + h] >= 0 && g + pair + i < l->channels) w[i] = (uint32_t)order[t + h] >= l->taps ? -weight_zero_of(l, g + pair + i) : l->weights[(g + pair + i) * l->taps + (uint32_t)order[t + h]];
                    word |= (uint32_t)(uint16_t)(256 * w[0] + w[1]) << (16 * h);
                }
                *s++ = word;
            }
        *s++ = c;
        for (uint32_t i = 0; i < 4; i++) *s++ = m[i];
    }
    return (uint32_t)(s - stream);
}

/* Joins records two and two, as mn_dense_s8_dsp_eights reads them: every word goes to the place that its name has there. */
static void pack_eights(uint32_t *stream, uint32_t words, uint32_t taps)
{
    static uint32_t from[2 * (9 + 1024)];
    static const uint8_t places[2][4] = { { 1, 2, 0, 5 }, { 3, 4, 6, 7 } };
    const uint32_t record = 9 + taps;
    for (const uint32_t *const end = stream + words; stream != end; stream += 2 * record) {
        memcpy(from, stream, 8 * record);
        for (uint32_t half = 0; half < 2; half++) {
            const uint32_t *const s = from + half * record;
            for (uint32_t i = 0; i < 4; i++) stream[4 * half + i] = s[i];
            for (uint32_t t = 0; t < taps; t++) stream[8 + 2 * (t & ~3u) + places[half][t & 3]] = s[4 + t];
            for (uint32_t i = 0; i < 5; i++) stream[8 + 2 * taps + 5 * half + i] = s[4 + taps + i];
        }
    }
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

/* As order_runs, then as many sums as make each fit 16 bits. */
static uint32_t order_sums(uint32_t runs, uint32_t run, int32_t *order)
{
    const uint32_t taps = runs * run;
    uint32_t n = order_runs(runs, run, order);
    while (n != 0 && order[n - 1] < 0) n--;
    for (uint32_t i = 0; i < (taps + 255) / 256; i++) order[n++] = (int32_t)(taps + i);
    while ((n & 3u) != 0u) order[n++] = -1;
    return n;
}
