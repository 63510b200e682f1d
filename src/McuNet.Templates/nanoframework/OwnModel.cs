using System.Diagnostics;

namespace DigitReader
{
    public static class Program
    {
        public static void Main()
        {
            var network = new Network();

            // Your data go here: network.SetInput(values), or SetInputFromRgb(pixels) for an image. A new arena holds zeros.
            network.Invoke();
            Debug.WriteLine("answer " + network.ArgMax());
        }
    }
}
