namespace Ring.Tests.Guards;

/// <summary>For the tests of the guards that read APIs.</summary>
public enum SampleChoice
{
    First,
    Second = 7,
}
