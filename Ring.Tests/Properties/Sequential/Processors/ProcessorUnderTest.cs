using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Sequential;

/// <summary>A processor on the thread of the test; it is its own handler, and notes each call.</summary>
internal sealed class ProcessorUnderTest
    : IUnderTest<ProcessorModel>, IEventHandler<StructEvent>, IExceptionHandler<StructEvent>, ILifecycleAware, ITimeoutHandler
{
    private const int MostCalls = 1_000;

    private readonly bool _ignoresExceptions;
    private readonly ScriptedWaitStrategy _strategy = new();
    private readonly RingBuffer<StructEvent> _ring;
    private readonly BatchEventProcessor<StructEvent> _processor;
    private readonly List<string> _calls = [];
    private readonly Queue<Idle> _idles = new();
    private RunFlaw _flaw;
    private bool _timeoutThrows;

    public ProcessorUnderTest(int size, bool ignoresExceptions)
    {
        _ignoresExceptions = ignoresExceptions;
        _ring = RingBuffer.CreateSingleProducer(() => default(StructEvent), size, _strategy);
        _processor = new BatchEventProcessor<StructEvent>(_ring, _ring.NewBarrier(), this);
        _processor.SetExceptionHandler(this);
        _strategy.OnWait = Wait;
        _ring.AddGatingSequences(_processor.Sequence);
    }

    public string Publish(Fate fate)
    {
        if (!_ring.TryNext(out long sequence))
            return "refused";
        _ring[sequence].Value = Encode(sequence, fate);
        if (fate is Fate.Abandoned)
            _ring.Abandon(sequence, sequence);
        else
            _ring.Publish(sequence);
        return $"{sequence}";
    }

    public string Halt()
    {
        _processor.Halt();
        return "";
    }

    public string WhenItWaits(Idle idle)
    {
        _idles.Enqueue(idle);
        return "";
    }

    public string Run(RunFlaw flaw)
    {
        _calls.Clear();
        _flaw = flaw;
        _processor.Run();
        return string.Join(", ", _calls);
    }

    public void MustAgreeWith(ProcessorModel model)
    {
        Require.Equal(model.Position, _processor.Sequence.Value, "sequence");
        Require.Equal(model.Size - (model.Last - model.Position), _ring.RemainingCapacity, "remaining capacity");
        Require.Equal(model.CloseCause, _ring.CloseCause?.Message, "close cause");
        Require.Equal(model.CloseCause is not null, _ring.IsClosed, "is closed");
        Require.That(!_processor.IsRunning, "it does not run");
    }

    public void OnEvent(ref StructEvent evt, long sequence, bool endOfBatch)
    {
        Note($"event {sequence}{(endOfBatch ? " at the end" : "")}");
        Fate fate = (Fate)(evt.Value & 0xF);
        Require.Equal(Encode(sequence, fate), evt.Value, "the event's value");
        if (fate is Fate.Throws)
            throw new InvalidDataException($"event {sequence}");
        if (fate is Fate.Halts)
            _processor.Halt();
        if (fate is Fate.RunsAgain)
            RunAgain();
    }

    public void OnTimeout(long sequence)
    {
        Note($"timeout {sequence}");
        if (_timeoutThrows)
            throw new InvalidDataException($"timeout {sequence}");
    }

    public void OnStart()
    {
        Note("start");
        if (_flaw is RunFlaw.StartThrows)
            throw new InvalidDataException("start");
    }

    public void OnShutdown()
    {
        Note("end");
        if (_flaw is RunFlaw.EndThrows)
            throw new InvalidDataException("end");
    }

    public void HandleEventException(Exception exception, long sequence, ref StructEvent evt) => Handle(exception, $"event {sequence}");

    public void HandleOnBatchStartException(Exception exception, long sequence) => Handle(exception, $"batch {sequence}");

    public void HandleOnTimeoutException(Exception exception, long sequence) => Handle(exception, $"timeout {sequence}");

    public void HandleOnStartException(Exception exception) => Handle(exception, "start");

    public void HandleOnShutdownException(Exception exception) => Handle(exception, "end");

    /// <summary>Throws when the run does not come to an end; the processor ends it then.</summary>
    private void Note(string call)
    {
        Require.That(_calls.Count < MostCalls, "the run ends");
        _calls.Add(call);
    }

    private static long Encode(long sequence, Fate fate) => (sequence << 4) | (long)fate;

    private WaitResult? Wait()
    {
        if (!_idles.TryDequeue(out Idle idle))
            _processor.Halt();
        else if (idle.Kind is IdleKind.Publish)
            Publish(idle.Fate);
        else if (idle.Kind is IdleKind.Nothing)
            return default(WaitResult);
        else
            return TimeOut(idle);
        return null;
    }

    private WaitResult TimeOut(Idle idle)
    {
        _timeoutThrows = idle.Kind is IdleKind.TimeOutThrows;
        return WaitResult.TimedOut;
    }

    private void RunAgain()
    {
        try
        {
            _processor.Run();
        }
        catch (InvalidOperationException)
        {
            Note("refused to run");
        }
    }

    private void Handle(Exception exception, string what)
    {
        Note($"{what} failed");
        Require.Equal(what, exception.Message, "what was thrown");
        if (!_ignoresExceptions)
            throw exception;
    }
}
