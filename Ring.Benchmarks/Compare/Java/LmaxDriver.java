import com.lmax.disruptor.*;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The same work on LMAX's Disruptor. Reads a command a line and answers it with a line, so that its runs take turns with ours:
 *
 *   throughput TOPOLOGY CONSUMERS PRODUCER_TYPE PRODUCERS STRATEGY SIZE BATCH EVENTS
 *                                   answered by the nanoseconds that it took
 *   pingpong STRATEGY EXCHANGES     answered by NANOSECONDS:TIMES pairs
 *   oneway BURST STRATEGY EVENTS    likewise
 */
public final class LmaxDriver {
    private static final int PRODUCER_BITS = 8;
    private static final int LATENCY_SIZE = 1_024;
    private static final int PACED_SIZE = 65_536;
    private static final long PERIOD = 10_000;
    private static final long HEAD_START = 20_000_000;

    /** Of a thread of the run in hand; null if there was none. */
    private static volatile Throwable failure;

    private LmaxDriver() {
    }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            failure = null;
            try {
                answer = answer(line.split(" "));
                if (failure != null) {
                    answer = "failed: " + failure;
                }
            } catch (Throwable thrown) {
                answer = "failed: " + thrown;
            }
            System.out.println(answer);
            System.out.flush();
        }
    }

    private static String answer(String[] words) throws Exception {
        switch (words[0]) {
            case "throughput":
                return Long.toString(throughput(
                    words[1], Integer.parseInt(words[2]), ProducerType.valueOf(words[3]), Integer.parseInt(words[4]), strategy(words[5]),
                    Integer.parseInt(words[6]), Integer.parseInt(words[7]), Integer.parseInt(words[8])));
            case "pingpong":
                return pingPong(words[1], Integer.parseInt(words[2])).toString();
            case "oneway":
                return oneWay(Integer.parseInt(words[1]), words[2], Integer.parseInt(words[3])).toString();
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    private static WaitStrategy strategy(String name) {
        switch (name) {
            case "BusySpin":
                return new BusySpinWaitStrategy();
            case "Blocking":
                return new BlockingWaitStrategy();
            case "Yielding":
                return new YieldingWaitStrategy();
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static long throughput(
        String topology, int consumers, ProducerType type, int producers, WaitStrategy strategy, int size, int batch, int events)
        throws Exception {
        List<Thread> ofConsumers = new ArrayList<>();
        Disruptor<Event> disruptor = new Disruptor<>(Event::new, size, run -> {
            Thread thread = guarded(run);
            ofConsumers.add(thread);
            return thread;
        }, type, strategy);
        CountDownLatch isDone = new CountDownLatch(consumers);
        Receiver[] receivers = new Receiver[consumers];
        for (int i = 0; i < consumers; i++) {
            receivers[i] = producers == 1 ? new Receiver(events, isDone) : new MultiReceiver(producers, events, isDone);
        }
        wire(disruptor, topology, receivers);
        RingBuffer<Event> ring = disruptor.start();
        CountDownLatch go = new CountDownLatch(1);
        Thread[] threads = new Thread[producers];
        for (int i = 0; i < producers; i++) {
            int producer = i;
            int count = events / producers + (i < events % producers ? 1 : 0);
            threads[i] = start(() -> {
                await(go);
                if (batch > 1) {
                    sendBatches(ring, count, batch);
                } else if (producers == 1) {
                    send(ring, count);
                } else {
                    sendMessages(ring, producer, count);
                }
            });
        }

        System.gc();
        long begun = System.nanoTime();
        go.countDown();
        await(isDone);
        long taken = System.nanoTime() - begun;
        for (Thread thread : threads) {
            thread.join();
        }
        disruptor.halt();
        for (Thread thread : ofConsumers) {
            thread.join();
        }
        for (Receiver receiver : receivers) {
            receiver.check();
        }
        return taken;
    }

    private static void wire(Disruptor<Event> disruptor, String topology, Receiver[] receivers) {
        switch (topology) {
            case "parallel":
                disruptor.handleEventsWith(receivers);
                break;
            case "pipeline":
                disruptor.handleEventsWith(receivers[0]).then(receivers[1]).then(receivers[2]);
                break;
            case "diamond":
                disruptor.handleEventsWith(receivers[0], receivers[1]).then(receivers[2]);
                break;
            default:
                throw new IllegalArgumentException(topology);
        }
    }

    private static void send(RingBuffer<Event> ring, int count) {
        for (int i = 0; i < count; i++) {
            long sequence = ring.next();
            ring.get(sequence).value = i;
            ring.publish(sequence);
        }
    }

    private static void sendMessages(RingBuffer<Event> ring, int producer, int count) {
        for (int i = 0; i < count; i++) {
            long sequence = ring.next();
            ring.get(sequence).value = ((long) i << PRODUCER_BITS) | producer;
            ring.publish(sequence);
        }
    }

    private static void sendBatches(RingBuffer<Event> ring, int count, int batch) {
        for (int done = 0; done < count;) {
            int n = Math.min(batch, count - done);
            long last = ring.next(n);
            for (long sequence = last - n + 1; sequence <= last; sequence++) {
                ring.get(sequence).value = done++;
            }
            ring.publish(last - n + 1, last);
        }
    }

    private static Histogram pingPong(String strategy, int exchanges) throws Exception {
        RingBuffer<Event> there = RingBuffer.createSingleProducer(Event::new, LATENCY_SIZE, strategy(strategy));
        RingBuffer<Event> back = RingBuffer.createSingleProducer(Event::new, LATENCY_SIZE, strategy(strategy));
        BatchEventProcessor<Event> echo = new BatchEventProcessor<>(there, there.newBarrier(), (event, sequence, endOfBatch) -> {
            long next = back.next();
            back.get(next).value = event.value;
            back.publish(next);
        });
        there.addGatingSequences(echo.getSequence());
        Sequence received = new Sequence();
        back.addGatingSequences(received);
        System.gc();
        Thread consumer = start(echo);
        Histogram times = new Histogram();
        SequenceBarrier barrier = back.newBarrier();
        Thread exchange = start(() -> {
            for (int i = 0; i < exchanges; i++) {
                long begun = System.nanoTime();
                long sequence = there.next();
                there.get(sequence).value = i;
                there.publish(sequence);
                waitFor(barrier, sequence);
                times.add(System.nanoTime() - begun);
                if (back.get(sequence).value != i) {
                    throw new IllegalStateException("something else came back");
                }
                received.set(sequence);
            }
        });
        exchange.join();
        echo.halt();
        consumer.join();
        return times;
    }

    private static Histogram oneWay(int burst, String strategy, int events) throws Exception {
        RingBuffer<Event> ring = RingBuffer.createSingleProducer(Event::new, PACED_SIZE, strategy(strategy));
        Histogram times = new Histogram();
        CountDownLatch isDone = new CountDownLatch(1);
        BatchEventProcessor<Event> processor = new BatchEventProcessor<>(ring, ring.newBarrier(), (event, sequence, endOfBatch) -> {
            times.add(System.nanoTime() - event.value);
            if (sequence == events - 1) {
                isDone.countDown();
            }
        });
        ring.addGatingSequences(processor.getSequence());
        System.gc();
        Thread consumer = start(processor);
        Thread producer = start(() -> {
            long begun = System.nanoTime() + HEAD_START;
            for (int sent = 0; sent < events;) {
                long due = begun + sent * PERIOD;
                while (System.nanoTime() < due) {
                    // Without a pause, as ours.
                }
                for (int end = Math.min(sent + burst, events); sent < end; sent++) {
                    long sequence = ring.next();
                    ring.get(sequence).value = due;
                    ring.publish(sequence);
                }
            }
        });
        producer.join();
        await(isDone);
        processor.halt();
        consumer.join();
        return times;
    }

    private static Thread start(Runnable run) {
        Thread thread = guarded(run);
        thread.start();
        return thread;
    }

    private static Thread guarded(Runnable run) {
        Thread thread = new Thread(() -> {
            try {
                run.run();
            } catch (Throwable thrown) {
                failure = thrown;
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            while (!latch.await(200, TimeUnit.MILLISECONDS)) {
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void waitFor(SequenceBarrier barrier, long sequence) {
        try {
            barrier.waitFor(sequence);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Event {
        long value;
    }

    /** Fields of others must not lie on the same cache lines. */
    private static class Padding {
        long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16;
    }

    private static class State extends Padding {
        long count;
        long sum;
        boolean isOutOfOrder;
    }

    private static class Receiver extends State implements EventHandler<Event> {
        final CountDownLatch isDone;
        final int expected;
        long q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15, q16;

        Receiver(int expected, CountDownLatch isDone) {
            this.expected = expected;
            this.isDone = isDone;
        }

        @Override
        public void onEvent(Event event, long sequence, boolean endOfBatch) {
            if (event.value != count) {
                isOutOfOrder = true;
            }
            sum += event.value;
            if (++count == expected) {
                isDone.countDown();
            }
        }

        void check() {
            if (isOutOfOrder || count != expected || sum != (long) expected * (expected - 1) / 2) {
                throw new IllegalStateException(count + " of " + expected + " events came");
            }
        }
    }

    private static final class MultiReceiver extends Receiver {
        /** Around the numbers, so that those of others do not lie on the same cache lines. */
        private static final int PADDING = 16;
        private final long[] next;

        MultiReceiver(int producers, int expected, CountDownLatch isDone) {
            super(expected, isDone);
            next = new long[PADDING + producers + PADDING];
        }

        @Override
        public void onEvent(Event event, long sequence, boolean endOfBatch) {
            long message = event.value;
            if (message >> PRODUCER_BITS != next[PADDING + ((int) message & ((1 << PRODUCER_BITS) - 1))]++) {
                isOutOfOrder = true;
            }
            if (++count == expected) {
                isDone.countDown();
            }
        }

        @Override
        void check() {
            if (isOutOfOrder || count != expected) {
                throw new IllegalStateException(count + " of " + expected + " events came");
            }
        }
    }

    /** Counts as ours does; written with the first value of each bucket. */
    private static final class Histogram {
        private static final int SUB_BUCKET_BITS = 6;
        private final long[] counts = new long[(64 - SUB_BUCKET_BITS) << SUB_BUCKET_BITS];

        void add(long nanoseconds) {
            long value = Math.max(0, nanoseconds);
            int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(value) - SUB_BUCKET_BITS);
            counts[(shift << SUB_BUCKET_BITS) + (int) (value >> shift)]++;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    int shift = Math.max(0, (i >> SUB_BUCKET_BITS) - 1);
                    text.append((long) (i - (shift << SUB_BUCKET_BITS)) << shift).append(':').append(counts[i]).append(' ');
                }
            }
            return text.toString();
        }
    }
}
