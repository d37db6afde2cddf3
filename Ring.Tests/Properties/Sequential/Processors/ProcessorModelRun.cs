namespace Ring.Tests.Properties.Sequential;

/// <summary>Says what a run of a processor must do: each call that it makes, in order.</summary>
internal sealed class ProcessorModelRun(RunFlaw flaw)
{
    private readonly List<string> _calls = [];
    private ProcessorModel _model = null!;
    private long _next;

    public ProcessorModel From(ProcessorModel model)
    {
        _model = model;
        _next = model.Position + 1;
        if (!model.IsHalted)
            Run();
        return (_model with { IsHalted = false }).Answering(string.Join(", ", _calls));
    }

    private void Run()
    {
        _calls.Add("start");
        if (flaw is not RunFlaw.StartThrows || Survives("start"))
            ProcessEvents();
        _calls.Add("end");
        if (flaw is RunFlaw.EndThrows)
            Survives("end");
    }

    private void ProcessEvents()
    {
        bool survives = true;
        while (survives && !_model.IsHalted)
            survives = _next <= _model.Last ? HandleBatch() : Wait();
    }

    /// <summary>What is there when the batch begins, and not what comes meanwhile.</summary>
    private bool HandleBatch()
    {
        long last = _model.Last;
        long endOfBatch = _model.Events.FindLastIndex(fate => fate is not Fate.Abandoned);
        for (; _next <= last; _next++)
        {
            Fate fate = _model.Events[(int)_next];
            if (fate is not Fate.Abandoned)
                _calls.Add($"event {_next}{(_next == endOfBatch ? " at the end" : "")}");
            if (fate is Fate.Throws)
                return Fail();
            if (fate is Fate.Halts)
                _model = _model with { IsHalted = true };
            if (fate is Fate.RunsAgain)
                _calls.Add("refused to run");
        }

        _model = _model with { Position = last };
        return true;
    }

    /// <summary>The events before count as handled, and the failed one only if the processor goes on.</summary>
    private bool Fail()
    {
        _model = _model with { Position = _next - 1 };
        if (!Survives($"event {_next}"))
            return false;
        _model = _model with { Position = _next++ };
        return true;
    }

    private bool Wait()
    {
        if (_model.Idles.IsEmpty)
        {
            _model = _model with { IsHalted = true };
            return true;
        }

        _model = _model with { Idles = _model.Idles.Dequeue(out Idle idle) };
        if (idle.Kind is IdleKind.Publish)
            _model = _model.Publish(idle.Fate);
        if (idle.Kind is IdleKind.TimeOut or IdleKind.TimeOutThrows)
            _calls.Add($"timeout {_next - 1}");
        return idle.Kind is not IdleKind.TimeOutThrows || Survives($"timeout {_next - 1}");
    }

    private bool Survives(string what)
    {
        _calls.Add($"{what} failed");
        if (!_model.IgnoresExceptions)
            _model = _model.Close(what);
        return _model.IgnoresExceptions;
    }
}
