using FsCheck;
using FsCheck.Fluent;
using Ring.Core;
using Ring.Tests.Properties.Checking;
using Ring.Tests.Support;

namespace Ring.Tests.Properties.Sequential;

/// <summary>What a poller answers, whatever was done to its ring before.</summary>
[TestFixture]
public class PollerProperties
{
    private enum Kind
    {
        Publish,
        GiveUp,
        ClaimAndWait,
        PublishTheClaim,
        MoveUpstream,
        Poll,
        PollAndStop,
        PollAndThrow,
        Close,
    }

    /// <param name="What">Is done.</param>
    /// <param name="Number">The limit of a poll, the place where it stops or throws, or how far those before it move.</param>
    private readonly record struct Step(Kind What, int Number)
    {
        public override string ToString() => $"{What} {Number}";
    }

    private sealed record Case(ProducerType Type, int Size, bool HasUpstream, Step[] Steps)
    {
        public override string ToString() => $"{Type}, size {Size}, {(HasUpstream ? "behind another" : "first")}: {string.Join(", ", Steps)}";
    }

    private static Arbitrary<Case> AnyCase => Arb.From(
        from type in Gen.Elements(ProducerType.Single, ProducerType.Multi)
        from size in Gen.Elements(1, 2, 4, 8)
        from upstream in Gen.Elements(false, true)
        from steps in AnyStep.ArrayOf()
        select new Case(type, size, upstream, steps),
        given => Enumerable.Range(0, given.Steps.Length)
            .Select(left => given with { Steps = [.. given.Steps.Where((_, i) => i != left)] }));

    private static Gen<Step> AnyStep =>
        from what in Gen.Frequency(
            (6, Gen.Constant(Kind.Publish)),
            (2, Gen.Constant(Kind.GiveUp)),
            (1, Gen.Constant(Kind.ClaimAndWait)),
            (2, Gen.Constant(Kind.PublishTheClaim)),
            (4, Gen.Constant(Kind.MoveUpstream)),
            (4, Gen.Constant(Kind.Poll)),
            (2, Gen.Constant(Kind.PollAndStop)),
            (2, Gen.Constant(Kind.PollAndThrow)),
            (1, Gen.Frequency((1, Gen.Constant(Kind.Close)), (4, Gen.Constant(Kind.Poll)))))
        from number in Gen.Choose(1, 4)
        select new Step(what, number);

    [Test]
    public void A_poller_answers_what_is_there() => PropertyChecker.Check(Prop.ForAll(AnyCase, AnswersWhatIsThere), cases: 1_000);

    private static void AnswersWhatIsThere(Case given)
    {
        Model model = new(given);
        foreach (Step step in given.Steps)
            model.Do(step);
    }

    /// <summary>A ring and its poller, and what they must say.</summary>
    private sealed class Model
    {
        private readonly bool _claimsInOrder;
        private readonly RingBuffer<ClassEvent> _ring;
        private readonly Sequence? _upstream;
        private readonly EventPoller<ClassEvent> _poller;
        private readonly HashSet<long> _givenUp = [];
        private long _claimed = -1;
        private long? _open;
        private long _position = -1;
        private bool _isClosed;

        public Model(Case given)
        {
            _claimsInOrder = given.Type is ProducerType.Single;
            _ring = RingBuffer.Create(given.Type, () => new ClassEvent(), given.Size);
            _upstream = given.HasUpstream ? new Sequence() : null;
            _poller = _upstream is null ? _ring.NewPoller() : _ring.NewPoller(_upstream);
        }

        /// <summary>Up to where nothing is missing.</summary>
        private long Published => (_open ?? (_claimed + 1)) - 1;

        private long Available => Math.Min(Published, _upstream?.Value ?? long.MaxValue);

        private bool CanClaim => !_isClosed && _claimed - _position < _ring.BufferSize && (_open is null || !_claimsInOrder);

        public void Do(Step step)
        {
            switch (step.What)
            {
                case Kind.Publish when CanClaim:
                    _ring.PublishNext();
                    _claimed++;
                    break;
                case Kind.GiveUp when CanClaim:
                    _ring.GiveUpOne();
                    _givenUp.Add(++_claimed);
                    break;
                case Kind.ClaimAndWait when CanClaim && _open is null:
                    _open = _ring.Next();
                    _claimed++;
                    break;
                case Kind.PublishTheClaim when _open is { } sequence:
                    _ring.Publish(sequence);
                    _open = null;
                    break;
                case Kind.MoveUpstream:
                    _upstream?.Set(Math.Min(Published, _upstream.Value + step.Number));
                    break;
                case Kind.Poll:
                    Poll(limit: step.Number);
                    break;
                case Kind.PollAndStop:
                    Poll(stop: step.Number);
                    break;
                case Kind.PollAndThrow:
                    Poll(thrown: step.Number);
                    break;
                case Kind.Close:
                    _ring.Close();
                    _isClosed = true;
                    break;
            }
        }

        private void Poll(int limit = int.MaxValue, int stop = int.MaxValue, int thrown = int.MaxValue)
        {
            List<string> expected = [];
            string answer = Expect(expected, limit, stop, thrown);
            List<string> seen = [];
            int calls = 0;
            string state;
            try
            {
                state = _poller.Poll(
                    (ref ClassEvent _, long sequence, bool endOfBatch) =>
                    {
                        if (++calls == thrown)
                            throw new InvalidDataException("planted");
                        seen.Add($"{sequence}{(endOfBatch ? " end" : "")}");
                        return calls != stop;
                    },
                    limit).ToString();
            }
            catch (InvalidDataException)
            {
                state = "threw";
            }

            Require.Equal(answer, state, "the answer");
            Require.Equal(string.Join(", ", expected), string.Join(", ", seen), "the events");
            Require.Equal(_position, _poller.Sequence.Value, "the position");
        }

        /// <summary>Moves the position as the poller shall, and returns what it shall answer.</summary>
        private string Expect(List<string> events, int limit, int stop, int thrown)
        {
            long first = _position + 1;
            if (Available < first)
                return WhyNothing(first).ToString();
            long last = Math.Min(Available, first + limit - 1L);
            long lastKept = Enumerable.Range(0, (int)(last - first) + 1).Select(i => last - i).FirstOrDefault(s => !_givenUp.Contains(s), -1);
            int calls = 0;
            for (long sequence = first; sequence <= last; sequence++)
            {
                if (!_givenUp.Contains(sequence) && ++calls == thrown)
                    return "threw";
                _position = sequence;
                if (_givenUp.Contains(sequence))
                    continue;
                events.Add($"{sequence}{(sequence == lastKept ? " end" : "")}");
                if (calls == stop)
                    break;
            }

            return nameof(PollState.Processing);
        }

        private PollState WhyNothing(long first)
        {
            if (_upstream is not null && Published >= first)
                return PollState.Gating;
            return _isClosed && _claimed < first ? PollState.Closed : PollState.Idle;
        }
    }
}
