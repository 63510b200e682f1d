/*
 * Parameter block of the choice between a and b by a condition c that is not zero. column_ and channel_ lead from a column and a channel of an operand to
 * the next, 0 where it has only one.
 */
typedef struct {
    uint32_t column_c;
    uint32_t channel_c;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    int32_t zero;
} mn_where;
