using System.Collections.Immutable;
using Ring.Core;

namespace Ring.Tests.Properties.Sequential;

/// <summary>A processor as it must be: a list of events, and how far it has come in it.</summary>
internal sealed record ProcessorModel(int Size, bool IgnoresExceptions) : IModel
{
    public string Answer { get; private init; } = "";

    public ImmutableList<Fate> Events { get; init; } = [];

    /// <summary>What will happen when it waits; when nothing is left it is halted.</summary>
    public ImmutableQueue<Idle> Idles { get; init; } = [];

    public long Position { get; init; } = Sequence.Initial;

    public bool IsHalted { get; init; }

    public string? CloseCause { get; init; }

    public long Last => Events.Count - 1;

    public ProcessorModel Answering(string answer) => this with { Answer = answer };

    public ProcessorModel Publish(Fate fate) => CanPublish
        ? (this with { Events = Events.Add(fate) }).Answering($"{Last + 1}")
        : Answering("refused");

    public ProcessorModel Close(string cause) => this with { CloseCause = CloseCause ?? cause };

    private bool CanPublish => CloseCause is null && Last - Position < Size;

    public override string ToString() => $"[{string.Join(' ', Events)}] handled up to {Position}";
}
