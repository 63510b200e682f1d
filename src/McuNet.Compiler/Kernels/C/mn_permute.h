/*
 * Parameter block of elements in another order. A step reads `rows` rows of row_bytes each, and `phases` steps one after the other read the same ones.
 * Of each row r it copies runs of bytes from starts[phase] on to places[r] on; `depth` loops lead from run to run, each three numbers: how often, bytes
 * on in the input, bytes on in the output.
 */
typedef struct {
    const uint32_t *loops;
    const uint32_t *starts;
    const uint32_t *places;
    uint32_t depth;
    uint32_t phases;
    uint32_t rows;
    uint32_t row_bytes;
    uint32_t run;
} mn_permute;

#define MN_PERMUTE_DEPTH 8
