/// <summary>
/// Float32 with a vector of output channels at a time: every sum adds the same rounded products in the same order as that of one channel,
/// so that bits are the same. A vector is what the processor has, or half or a quarter of it where there are fewer channels; the last
/// vector of a pixel lies over the one before where channels are no multiple of it. Layers of fewer than four channels have no vectors.
/// </summary>
internal static partial class Kernels
{
#if NET8_0_OR_GREATER
    /// <summary>Pixels of a row whose sums are computed at once, or vectors of one pixel: their additions need not wait for each
    /// other.</summary>
    private const int RealChains = 4;

    /// <summary>A vector <typeparamref name="V"/> of float32 numbers.</summary>
    private interface IRealLanes<V>
    {
        int Count { get; }

        V Load(ref float from);

        void Store(V value, ref float to);

        V Splat(float value);

        V Add(V a, V b);

        V Times(V a, V b);

        /// <summary>Where a is less than b, x, else y.</summary>
        V WhereLess(V a, V b, V x, V y);
    }

    private readonly struct Lanes128 : IRealLanes<Vector128<float>>
    {
        public int Count => 4;

        public Vector128<float> Load(ref float from) => Vector128.LoadUnsafe(ref from);

        public void Store(Vector128<float> value, ref float to) => value.StoreUnsafe(ref to);

        public Vector128<float> Splat(float value) => Vector128.Create(value);

        public Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

        public Vector128<float> Times(Vector128<float> a, Vector128<float> b) => a * b;

        public Vector128<float> WhereLess(Vector128<float> a, Vector128<float> b, Vector128<float> x, Vector128<float> y) =>
            Vector128.ConditionalSelect(Vector128.LessThan(a, b), x, y);
    }

    private readonly struct Lanes256 : IRealLanes<Vector256<float>>
    {
        public int Count => 8;

        public Vector256<float> Load(ref float from) => Vector256.LoadUnsafe(ref from);

        public void Store(Vector256<float> value, ref float to) => value.StoreUnsafe(ref to);

        public Vector256<float> Splat(float value) => Vector256.Create(value);

        public Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

        public Vector256<float> Times(Vector256<float> a, Vector256<float> b) => a * b;

        public Vector256<float> WhereLess(Vector256<float> a, Vector256<float> b, Vector256<float> x, Vector256<float> y) =>
            Vector256.ConditionalSelect(Vector256.LessThan(a, b), x, y);
    }

    private readonly struct Lanes512 : IRealLanes<Vector512<float>>
    {
        public int Count => 16;

        public Vector512<float> Load(ref float from) => Vector512.LoadUnsafe(ref from);

        public void Store(Vector512<float> value, ref float to) => value.StoreUnsafe(ref to);

        public Vector512<float> Splat(float value) => Vector512.Create(value);

        public Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

        public Vector512<float> Times(Vector512<float> a, Vector512<float> b) => a * b;

        public Vector512<float> WhereLess(Vector512<float> a, Vector512<float> b, Vector512<float> x, Vector512<float> y) =>
            Vector512.ConditionalSelect(Vector512.LessThan(a, b), x, y);
    }

    /// <summary>A layer whose weights lie in vectors of output channels, [vectors][taps][lanes]; made by its first inference.</summary>
    internal sealed class RealBlocks
    {
        internal readonly int Lanes,
            Vectors,
            Channels,
            Taps;

        internal readonly float[] Weights;

        /// <summary>Where the sums begin; null where the caller says.</summary>
        internal float[] Bias;

        internal float Low = float.NegativeInfinity,
            High = float.PositiveInfinity;

        internal int InChannels,
            InWidth,
            KernelHeight = 1,
            KernelWidth = 1,
            Stride = 1,
            Dilation = 1,
            PadLeft;

        /// <summary>Weights are, of a depthwise layer, [taps][channels]; else blocks of four channels [taps][4], then the channels that are
        /// left as [taps].</summary>
        internal RealBlocks(float[] weights, int channels, int taps, bool isDepthwise)
        {
            Channels = channels;
            Taps = taps;
            InChannels = taps;
            Lanes = RealLanes(channels);
            Vectors = (channels + Lanes - 1) / Lanes;
            Weights = new float[Vectors * taps * Lanes];
            int whole = channels & ~3;
            for (int i = 0; i < Weights.Length; i++)
            {
                int t = i / Lanes % taps,
                    c = First(i / Lanes / taps) + i % Lanes;
                Weights[i] = isDepthwise
                    ? weights[t * channels + c]
                    : weights[c < whole ? (c & ~3) * taps + (c & 3) + 4 * t : c * taps + t];
            }
        }

        /// <summary>The first channel of a vector.</summary>
        internal int First(int vector) => Math.Min(vector * Lanes, Channels - Lanes);

        /// <summary>The kernel columns from this to <see cref="End"/> lie inside of the row, when column 0 lies at
        /// <paramref name="first"/>.</summary>
        internal int Begin(int first) => first >= 0 ? 0 : Math.Min(KernelWidth, (Dilation - 1 - first) / Dilation);

        internal int End(int first) => Math.Min(KernelWidth, (InWidth - first + Dilation - 1) / Dilation);
    }

    /// <summary>Channels in a vector; 0 where there are too few, or the processor has no vectors.</summary>
    private static int RealLanes(int channels)
    {
        if (!Vector128.IsHardwareAccelerated || !BitConverter.IsLittleEndian || channels < 4)
            return 0;
        return channels >= 16 && Vector512.IsHardwareAccelerated ? 16
            : channels >= 8 && Vector256.IsHardwareAccelerated ? 8
            : 4;
    }

    /// <summary>Numbers of the arena from a byte on.</summary>
    private static Span<float> RealSpan(sbyte[] arena, int at, int count) =>
        MemoryMarshal.Cast<sbyte, float>(new Span<sbyte>(arena, at, 4 * count));

    /// <summary>Output columns [x0, x1) of a convolution; <paramref name="rows"/> is null where its window is the row
    /// <paramref name="row"/> alone.</summary>
    private static void RealColumns(RealBlocks p, sbyte[] arena, int[] rows, int row, int output, int x0, int x1)
    {
        if (p.Lanes == 16)
            RealColumns<Vector512<float>, Lanes512>(p, arena, rows, row, output, x0, x1);
        else if (p.Lanes == 8)
            RealColumns<Vector256<float>, Lanes256>(p, arena, rows, row, output, x0, x1);
        else
            RealColumns<Vector128<float>, Lanes128>(p, arena, rows, row, output, x0, x1);
    }

    private static void RealColumns<V, T>(RealBlocks p, sbyte[] arena, int[] rows, int row, int output, int x0, int x1)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        int last = p.InWidth - 1 - (p.KernelWidth - 1) * p.Dilation + p.PadLeft,
            inside = rows == null ? x0 : Math.Max(x0, (p.PadLeft + p.Stride - 1) / p.Stride),
            outside = rows == null ? x1
            : last < 0 ? x0
            : Math.Min(x1, last / p.Stride + 1);
        for (int x = x0; x < x1; )
        {
            if (x >= inside && outside - inside >= RealChains && x < outside)
            {
                // The last four lie over those before.
                x = Math.Min(x, outside - RealChains);
                RealPixels<V, T>(p, arena, rows, row, output, x);
                x += RealChains;
            }
            else
            {
                int first = x * p.Stride - p.PadLeft,
                    begin = rows == null ? 0 : p.Begin(first),
                    end = rows == null ? 1 : p.End(first);
                RealPixel<V, T>(p, arena, rows, row, output, x, begin, end);
                x++;
            }
        }
    }

    /// <summary>Four output columns whose windows lie inside of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RealPixels<V, T>(RealBlocks p, sbyte[] arena, int[] rows, int row, int output, int x)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        T lanes = default(T);
        bool isDilated = p.Dilation > 1;
        int next = p.Stride * p.InChannels,
            runs = isDilated ? p.KernelWidth : 1,
            run = isDilated ? p.InChannels : p.KernelWidth * p.InChannels,
            first = (x * p.Stride - p.PadLeft) * p.InChannels,
            reach = 3 * next + ((p.KernelWidth - 1) * p.Dilation + 1) * p.InChannels;
        V low = lanes.Splat(p.Low),
            high = lanes.Splat(p.High);
        Span<float> results = RealSpan(arena, output + 4 * x * p.Channels, RealChains * p.Channels);
        for (int v = 0; v < p.Vectors; v++)
        {
            int c = p.First(v);
            V a = lanes.Load(ref p.Bias[c]),
                b = a,
                d = a,
                e = a;
            for (int ky = 0; ky < p.KernelHeight; ky++)
            {
                int at = rows == null ? row : rows[ky];
                if (at < 0)
                    continue;
                ref float window = ref MemoryMarshal.GetReference(RealSpan(arena, at + 4 * first, reach));
                ref float w = ref p.Weights[(v * p.KernelHeight + ky) * p.KernelWidth * p.InChannels * lanes.Count];
                for (int r = 0; r < runs; r++)
                {
                    ref float n = ref Unsafe.Add(ref window, r * p.Dilation * p.InChannels);
                    for (int i = run; i > 0; i--)
                    {
                        V weights = lanes.Load(ref w);
                        a = lanes.Add(a, lanes.Times(lanes.Splat(n), weights));
                        b = lanes.Add(b, lanes.Times(lanes.Splat(Unsafe.Add(ref n, next)), weights));
                        d = lanes.Add(d, lanes.Times(lanes.Splat(Unsafe.Add(ref n, 2 * next)), weights));
                        e = lanes.Add(e, lanes.Times(lanes.Splat(Unsafe.Add(ref n, 3 * next)), weights));
                        w = ref Unsafe.Add(ref w, lanes.Count);
                        n = ref Unsafe.Add(ref n, 1);
                    }
                }
            }
            RealStore<V, T>(a, low, high, results, c);
            RealStore<V, T>(b, low, high, results, p.Channels + c);
            RealStore<V, T>(d, low, high, results, 2 * p.Channels + c);
            RealStore<V, T>(e, low, high, results, 3 * p.Channels + c);
        }
    }

    /// <summary>One output column by the columns [begin, end) of its window.</summary>
    private static void RealPixel<V, T>(RealBlocks p, sbyte[] arena, int[] rows, int row, int output, int x, int begin, int end)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        int first = (x * p.Stride - p.PadLeft + begin * p.Dilation) * p.InChannels,
            runs = p.Dilation > 1 ? end - begin : 1,
            run = (p.Dilation > 1 ? 1 : end - begin) * p.InChannels;
        Span<float> results = RealSpan(arena, output + 4 * x * p.Channels, p.Channels);
        for (int v = 0; v < p.Vectors; v += RealChains)
        {
            RealStarts<V, T>(p, p.Bias, v, out V a, out V b, out V d, out V e);
            for (int ky = 0; ky < p.KernelHeight && end > begin; ky++)
            {
                int at = rows == null ? row : rows[ky];
                if (at < 0)
                    continue;
                for (int r = 0; r < runs; r++)
                {
                    Span<float> inputs = RealSpan(arena, at + 4 * (first + r * p.Dilation * p.InChannels), run);
                    RealVectors<V, T>(p, v, (ky * p.KernelWidth + begin + r) * p.InChannels, inputs, ref a, ref b, ref d, ref e);
                }
            }
            RealResults<V, T>(p, v, results, a, b, d, e);
        }
    }

    /// <summary>All channels of a single pixel: <paramref name="starts"/>, limited sums, <paramref name="results"/>, in this
    /// order.</summary>
    private static void RealProducts(RealBlocks p, ReadOnlySpan<float> inputs, ReadOnlySpan<float> starts, Span<float> results)
    {
        if (p.Lanes == 16)
            RealProducts<Vector512<float>, Lanes512>(p, inputs, starts, results);
        else if (p.Lanes == 8)
            RealProducts<Vector256<float>, Lanes256>(p, inputs, starts, results);
        else
            RealProducts<Vector128<float>, Lanes128>(p, inputs, starts, results);
    }

    private static void RealProducts<V, T>(RealBlocks p, ReadOnlySpan<float> inputs, ReadOnlySpan<float> starts, Span<float> results)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        for (int v = 0; v < p.Vectors; v += RealChains)
        {
            RealStarts<V, T>(p, starts, v, out V a, out V b, out V d, out V e);
            RealVectors<V, T>(p, v, 0, inputs, ref a, ref b, ref d, ref e);
            RealResults<V, T>(p, v, results, a, b, d, e);
        }
    }

    /// <summary>Where the sums of four vectors begin; beyond the last vector that is computed again.</summary>
    private static void RealStarts<V, T>(RealBlocks p, ReadOnlySpan<float> starts, int v, out V a, out V b, out V d, out V e)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        T lanes = default(T);
        ref float start = ref MemoryMarshal.GetReference(starts.Slice(0, p.Channels));
        a = lanes.Load(ref Unsafe.Add(ref start, p.First(v)));
        b = lanes.Load(ref Unsafe.Add(ref start, p.First(v + 1)));
        d = lanes.Load(ref Unsafe.Add(ref start, p.First(v + 2)));
        e = lanes.Load(ref Unsafe.Add(ref start, p.First(v + 3)));
    }

    /// <summary>Adds the products of inputs with the weights of four vectors from <paramref name="tap"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RealVectors<V, T>(
        RealBlocks p,
        int v,
        int tap,
        ReadOnlySpan<float> inputs,
        ref V sumA,
        ref V sumB,
        ref V sumD,
        ref V sumE
    )
        where V : struct
        where T : struct, IRealLanes<V>
    {
        T lanes = default(T);
        int last = p.Vectors - 1,
            vector = p.Taps * lanes.Count,
            from = tap * lanes.Count;
        ref float w = ref p.Weights[v * vector + from];
        int toB = (Math.Min(v + 1, last) - v) * vector,
            toD = (Math.Min(v + 2, last) - v) * vector,
            toE = (Math.Min(v + 3, last) - v) * vector;
        V a = sumA,
            b = sumB,
            d = sumD,
            e = sumE;
        for (int i = 0; i < inputs.Length; i++)
        {
            V x = lanes.Splat(inputs[i]);
            a = lanes.Add(a, lanes.Times(x, lanes.Load(ref w)));
            b = lanes.Add(b, lanes.Times(x, lanes.Load(ref Unsafe.Add(ref w, toB))));
            d = lanes.Add(d, lanes.Times(x, lanes.Load(ref Unsafe.Add(ref w, toD))));
            e = lanes.Add(e, lanes.Times(x, lanes.Load(ref Unsafe.Add(ref w, toE))));
            w = ref Unsafe.Add(ref w, lanes.Count);
        }
        sumA = a;
        sumB = b;
        sumD = d;
        sumE = e;
    }

    private static void RealResults<V, T>(RealBlocks p, int v, Span<float> results, V a, V b, V d, V e)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        V low = default(T).Splat(p.Low),
            high = default(T).Splat(p.High);
        RealStore<V, T>(a, low, high, results, p.First(v));
        RealStore<V, T>(b, low, high, results, p.First(v + 1));
        RealStore<V, T>(d, low, high, results, p.First(v + 2));
        RealStore<V, T>(e, low, high, results, p.First(v + 3));
    }

    /// <summary>As <see cref="Limit"/>, which leaves NaN and the sign of zero as they are.</summary>
    private static void RealStore<V, T>(V value, V low, V high, Span<float> to, int at)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        T lanes = default(T);
        V limited = lanes.WhereLess(value, low, low, lanes.WhereLess(high, value, high, value));
        lanes.Store(limited, ref MemoryMarshal.GetReference(to.Slice(at, lanes.Count)));
    }

    /// <summary>Output columns [x0, x1) of a depthwise layer with as many outputs as inputs. Weights: [taps][channels].</summary>
    private static void RealDepthwise(RealBlocks p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        if (p.Lanes == 16)
            RealDepthwise<Vector512<float>, Lanes512>(p, arena, rows, output, x0, x1);
        else if (p.Lanes == 8)
            RealDepthwise<Vector256<float>, Lanes256>(p, arena, rows, output, x0, x1);
        else
            RealDepthwise<Vector128<float>, Lanes128>(p, arena, rows, output, x0, x1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RealDepthwise<V, T>(RealBlocks p, sbyte[] arena, int[] rows, int output, int x0, int x1)
        where V : struct
        where T : struct, IRealLanes<V>
    {
        T lanes = default(T);
        int next = p.Dilation * p.Channels;
        V low = lanes.Splat(p.Low),
            high = lanes.Splat(p.High);
        for (int x = x0; x < x1; x++)
        {
            int first = x * p.Stride - p.PadLeft,
                begin = p.Begin(first),
                end = p.End(first),
                reach = (end - begin - 1) * next + p.Channels;
            Span<float> results = RealSpan(arena, output + 4 * x * p.Channels, p.Channels);
            for (int v = 0; v < p.Vectors; v++)
            {
                int c = p.First(v);
                V sum = lanes.Load(ref p.Bias[c]);
                for (int ky = 0; ky < p.KernelHeight && end > begin; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    Span<float> inputs = RealSpan(arena, rows[ky] + 4 * (first + begin * p.Dilation) * p.Channels, reach);
                    ref float n = ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), c);
                    ref float w = ref p.Weights[((v * p.KernelHeight + ky) * p.KernelWidth + begin) * lanes.Count];
                    for (int i = end - begin; i > 0; i--)
                    {
                        sum = lanes.Add(sum, lanes.Times(lanes.Load(ref n), lanes.Load(ref w)));
                        n = ref Unsafe.Add(ref n, next);
                        w = ref Unsafe.Add(ref w, lanes.Count);
                    }
                }
                RealStore<V, T>(sum, low, high, results, c);
            }
        }
    }
#endif
}
