using System.Diagnostics;

namespace DigitReader
{
    public static class Program
    {
        public static void Main()
        {
            Debug.WriteLine("read as " + Read());
        }

        /// <summary>Reads the seven by the network in managed code.</summary>
        public static int Read()
        {
            byte[] pixels = new byte[Digits.InputLength];
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(16 * Value(Seven.Rows[2 * i]) + Value(Seven.Rows[2 * i + 1]));
            var network = new Digits();
            network.SetInputFromGrey(pixels);
            network.Invoke();
            return network.ArgMax();
        }

        private static int Value(char digit)
        {
            return digit <= '9' ? digit - '0' : digit - 'a' + 10;
        }
    }
}
