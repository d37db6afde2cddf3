namespace Ring.Tests.Guards;

/// <summary>For the tests of the guards that read APIs.</summary>
public delegate bool SampleTaker<T>(ref T value);
