namespace Tmrvc.Build;

/// <summary>Tasks that are targets too when this one is, where the profile has them: what was made is also judged and told of.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BringsAttribute(params Type[] tasks) : Attribute
{
    public IReadOnlyList<Type> Tasks => tasks;
}
