namespace Ring.Tests.Model.Engine;

/// <summary>A branch of the depth-first search: how many ways there are, which is taken, and who need not run before it.</summary>
internal record struct Decision(int Count, int Taken, uint Asleep);
