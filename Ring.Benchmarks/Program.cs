using Ring.Benchmarks.Compare;
using Ring.Benchmarks.Idle;
using Ring.Benchmarks.Micro;
using Ring.Benchmarks.Parking;
using Ring.Benchmarks.SlotContent;
using Ring.Benchmarks.SystemCalls;
using Ring.Benchmarks.Tracing;

switch (args)
{
    case ["compare", .. string[] arguments]:
        new CompareCommand(CompareOptions.Parse(arguments), Console.Out).Run();
        break;
    case ["slot-content"]:
        SlotContentMeasurement.Run(Console.Out);
        break;
    case ["parking"]:
        ParkingMeasurement.Run(Console.Out);
        break;
    case ["idle"]:
        IdleMeasurement.Run(Console.Out);
        break;
    case [SystemCallMeasurement.Command]:
        SystemCallMeasurement.Run(Console.Out);
        break;
    case [SystemCallMeasurement.Command, string work]:
        ObservedWork.Run(work);
        break;
    case ["tracing"]:
        TracingMeasurement.Run(Console.Out, isQuick: false);
        break;
    case ["tracing", "--quick"]:
        TracingMeasurement.Run(Console.Out, isQuick: true);
        break;
    case ["micro", string file]:
        MicroCommand.Report(file);
        break;
    default:
        MicroCommand.Run(args);
        break;
}
