const int wrongUsage = 2;
System.Console.Error.WriteLine("usage: mcunet COMMAND ...");
return wrongUsage;
