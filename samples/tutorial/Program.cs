using System;
using DigitReader;
using Reader;

var network = new Digits();
for (var digit = 0; digit < 10; digit++)
{
    network.SetInputFromGrey(DigitImages.Pixels[digit]);
    network.Invoke();
    Console.WriteLine($"{digit} read as {network.ArgMax()}");
}
