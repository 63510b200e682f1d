/* The columns of a kernel that lie inside a row of `width`, where its first one lies at `first`: [begin, end). */
typedef struct {
    uint32_t begin;
    uint32_t end;
} mn_columns;

MN_INLINE mn_columns mn_columns_inside(int32_t first, uint32_t kernel, uint32_t dilation, uint32_t width)
{
    mn_columns inside = { 0u, kernel };
    for (; inside.begin < inside.end && first < 0; first += (int32_t)dilation)
        inside.begin++;
    for (first += (int32_t)((inside.end - inside.begin) * dilation); inside.begin < inside.end && first - (int32_t)dilation >= (int32_t)width; first -= (int32_t)dilation)
        inside.end--;
    return inside;
}
