using Microsoft.Extensions.Options;

namespace Ring.Tracing;

/// <summary>Has the options framework refuse what the log itself would refuse, in the same words.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TraceLogOptionsValidation : IValidateOptions<TraceLogOptions>
{
    public ValidateOptionsResult Validate(string? name, TraceLogOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
