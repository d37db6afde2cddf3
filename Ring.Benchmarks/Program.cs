using Ring.Benchmarks.SlotContent;

if (args is ["slot-content"])
    SlotContentMeasurement.Run(Console.Out);
