using System;
using Ring.Core;
using Ring.Core.Dsl;
using Ring.Tracing;

namespace Library
{
    public sealed class Copies : IEventHandler<Guid>
    {
        public Guid Last { get; private set; }

        public void OnEvent(ref Guid evt, long sequence, bool endOfBatch)
        {
            Last = evt;
        }

        public static Guid Through(Guid value)
        {
            var copies = new Copies();
            using (var disruptor = new Disruptor<Guid>(() => Guid.Empty, 8))
            {
                disruptor.HandleEventsWith(copies);
                RingBuffer<Guid> ring = disruptor.Start();
                long sequence = ring.Next();
                ring[sequence] = value;
                ring.Publish(sequence);
                disruptor.Shutdown();
            }

            return copies.Last;
        }

        public static TraceLogCounts Log(string folder, string source)
        {
            using (TraceLog log = TraceLog.Start(options =>
            {
                options.Directory = folder;
                options.Sources.Add(source);
            }))
            {
                return log.Counts;
            }
        }
    }
}
