namespace Tmrvc.FaultProxy;

/// <summary>What a kind of fault makes of one exchange: what the server gets, what the client gets, and how the connection ends.</summary>
internal sealed record Course(ToServer Server, ToClient Client, Ending Ending)
{
    public static readonly Course Undisturbed = new(ToServer.All, ToClient.All, Ending.None);

    public static Course Of(FaultKind kind) => kind switch
    {
        FaultKind.ResetBeforeRequest => new(ToServer.Nothing, ToClient.Nothing, Ending.Reset),
        FaultKind.ResetWithinRequest => new(ToServer.Part, ToClient.Nothing, Ending.Reset),
        FaultKind.ResetBeforeResponse => new(ToServer.All, ToClient.Nothing, Ending.Reset),
        FaultKind.ResetWithinResponse => new(ToServer.All, ToClient.Part, Ending.Reset),
        FaultKind.TruncatedResponse => new(ToServer.All, ToClient.Part, Ending.Close),
        FaultKind.ShortenedResponse => new(ToServer.All, ToClient.Shortened, Ending.None),
        FaultKind.FlippedRequest => new(ToServer.Flipped, ToClient.All, Ending.None),
        FaultKind.FlippedResponse => new(ToServer.All, ToClient.Flipped, Ending.None),
        FaultKind.InternalErrorAfterwards => new(ToServer.All, ToClient.Error, Ending.None),
        FaultKind.Stall => new(ToServer.Nothing, ToClient.Nothing, Ending.Stall),
        FaultKind.StallWithinResponse => new(ToServer.All, ToClient.Part, Ending.Stall),
        FaultKind.Trickle => new(ToServer.All, ToClient.Slowly, Ending.None),
        _ => new(ToServer.Nothing, ToClient.Error, Ending.None),
    };

    public bool NeedsRequestBody => Server is ToServer.Part or ToServer.Flipped;

    public bool NeedsAnswerBody => Client is ToClient.Part or ToClient.Shortened or ToClient.Flipped or ToClient.Slowly;
}

internal enum ToServer
{
    Nothing,
    Part,
    Flipped,
    All,
}

internal enum ToClient
{
    Nothing,
    Part,
    Shortened,
    Flipped,
    Slowly,
    Error,
    All,
}

internal enum Ending
{
    None,
    Reset,
    Close,
    Stall,
}
