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

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(pair => pair.name == target).parameter;

            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(pair => pair.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Parameters and persistent buffers by dotted name: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in AllParameters(recurse: true)) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + key, buffer);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <exception cref="InvalidOperationException">Strict, and names are missing or unexpected.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var state = state_dict();
                var ignored = (skip ?? []).ToHashSet();
                var missing = state.Keys.Where(key => !source.ContainsKey(key) && !ignored.Contains(key)).ToList();
                var unexpected = source.Keys.Where(key => !state.ContainsKey(key) && !ignored.Contains(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(Mismatch(missing, unexpected));
                using IDisposable frozen = no_grad();
                foreach (var (key, value) in source)
                {
                    if (!ignored.Contains(key) && state.TryGetValue(key, out Tensor? target)) CopyChecked(key, value, target);
                }
                return (missing, unexpected);
            }

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                var own = ownParameters.Select(pair => (pair.Key, pair.Value));
                return recurse ? own.Concat(Below(child => child.named_parameters())) : own;
            }

            private IEnumerable<(string name, T item)> Below<T>(Func<Module, IEnumerable<(string name, T item)>> list) =>
                named_children().SelectMany(child => list(child.module).Select(below => ($"{child.name}.{below.name}", below.item)));

            private static void CopyChecked(string key, Tensor value, Tensor target)
            {
                if (!value.shape.SequenceEqual(target.shape))
                    throw new InvalidOperationException(
                        $"State '{key}': found [{string.Join(", ", value.shape)}], the module has [{string.Join(", ", target.shape)}].");
                target.copy_(value);
            }

            private string Mismatch(List<string> missing, List<string> unexpected) =>
                $"State of {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]. "
                + "Load with strict: false to accept both.";
        }
    }
}
