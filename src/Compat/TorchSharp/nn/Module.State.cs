using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                ownModules.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>Every module below this one, by dotted name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() => named_children().SelectMany(
                child => child.module.named_modules().Select(below => ($"{child.name}.{below.name}", below.module)).Prepend(child));

            public virtual IEnumerable<Module> modules() => named_modules().Select(below => below.module);

            /// <summary>The parameters by dotted name, each once even where modules share it.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                AllParameters(recurse).DistinctBy(pair => pair.parameter.Handle);

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(pair => pair.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true)
            {
                var own = ownBuffers
                    .Where(pair => include_nonpersistent || pair.Value.Persistent)
                    .Select(pair => (pair.Key, pair.Value.Tensor));
                return recurse ? own.Concat(Below(child => child.named_buffers(true, include_nonpersistent))) : own;
            }

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                var own = ownParameters.Select(pair => (pair.Key, pair.Value));
                return recurse ? own.Concat(Below(child => child.named_parameters())) : own;
            }

            private IEnumerable<(string name, T item)> Below<T>(Func<Module, IEnumerable<(string name, T item)>> list) =>
                named_children().SelectMany(child => list(child.module).Select(below => ($"{child.name}.{below.name}", below.item)));
        }
    }
}
