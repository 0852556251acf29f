using System.Reflection;
using TorchSharp.Utils;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private readonly OrderedDictionary<string, Parameter> ownParameters = new();
            private readonly OrderedDictionary<string, Buffer> ownBuffers = new();
            private readonly OrderedDictionary<string, Module> ownModules = new();

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) =>
                ownBuffers.Add(Checked(name), new Buffer(tensor.DetachFromDisposeScope(), persistent));

            public virtual void register_parameter(string name, Parameter param)
            {
                param.DetachFromDisposeScope();
                ownParameters.Add(Checked(name), param);
            }

            public virtual void register_module(string name, Module submodule)
            {
                submodule.RegisterComponents();
                ownModules.Add(Checked(name), submodule);
            }

            /// <summary>
            /// Registers every field that holds a module, a parameter or a tensor, under the field's name or its
            /// <see cref="ComponentNameAttribute"/>. A class with such fields calls this at the end of its constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered) return;
                componentsRegistered = true;
                foreach (FieldInfo field in ComponentFields.Of(GetType())) Register(ComponentFields.NameOf(field), field.GetValue(this));
            }

            private void Register(string name, object? value)
            {
                if (ownModules.ContainsKey(name) || ownParameters.ContainsKey(name) || ownBuffers.ContainsKey(name)) return;
                if (value is Module module) register_module(name, module);
                else if (value is Parameter parameter) register_parameter(name, parameter);
                else if (value is Tensor tensor) register_buffer(name, tensor);
            }

            /// <exception cref="ArgumentException">The name is empty, holds a dot, or is taken.</exception>
            private string Checked(string name)
            {
                if (ownModules.ContainsKey(name) || ownParameters.ContainsKey(name) || ownBuffers.ContainsKey(name))
                    throw new InvalidOperationException(
                        $"Component '{name}' of {GetName()}: the name is taken. Register it once, under one name.");
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException(
                        $"Component '{name}' of {GetName()}: a name must not be empty or hold a dot.", nameof(name));
                return name;
            }

            private sealed class Buffer(Tensor tensor, bool persistent)
            {
                public Tensor Tensor { get; } = tensor;

                public bool Persistent { get; } = persistent;
            }
        }
    }
}
