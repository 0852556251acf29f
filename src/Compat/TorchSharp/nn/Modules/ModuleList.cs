using System.Collections;
using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Modules by position; they are registered as "0", "1", … when the list is, so fill it before.</summary>
    public class ModuleList<T> : torch.nn.Module, IReadOnlyList<T> where T : torch.nn.Module
    {
        private readonly List<T> items = [];

        public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => extend(modules);

        public int Count => items.Count;

        public T this[int index] => items[index];

        public void Add(T item)
        {
            register_module(Count.ToString(CultureInfo.InvariantCulture), item);
            items.Add(item);
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            foreach (T module in modules) Add(module);
        }

        public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
        }
    }

    /// <summary>Modules by name, in the order they were added.</summary>
    public class ModuleDict<T> : torch.nn.Module, IEnumerable<(string, T)> where T : torch.nn.Module
    {
        private readonly OrderedDictionary<string, T> items = [];

        public ModuleDict() : base(nameof(ModuleDict<T>))
        {
        }

        public int Count => items.Count;

        public T this[string key] => items[key];

        public void Add(string key, T value)
        {
            register_module(key, value);
            items.Add(key, value);
        }

        public bool ContainsKey(string key) => items.ContainsKey(key);

        public IEnumerable<string> keys() => items.Keys;

        public IEnumerable<T> values() => items.Values;

        public IEnumerator<(string, T)> GetEnumerator() => items.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);

            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new ModuleDict<T>();
                foreach (var (name, module) in modules) dictionary.Add(name, module);
                return dictionary;
            }
        }
    }
}
