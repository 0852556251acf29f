namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Holds parameters, buffers and other modules by name. The names are those of the fields found by
        /// <see cref="RegisterComponents"/>, or those given on registration; both make the keys of <see cref="state_dict"/>.
        /// </summary>
        public partial class Module : IDisposable
        {
            protected string? name;
            private bool componentsRegistered;

            protected Module(string name) => this.name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name ?? GetType().Name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module child in children()) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Modules.Parameter parameter in parameters())
                {
                    if (set_to_none) parameter.grad = null;
                    else if (parameter.grad is { } gradient) gradient.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters, the buffers and the modules below.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (Modules.Parameter parameter in ownParameters.Values) parameter.Dispose();
                foreach (Buffer buffer in ownBuffers.Values) buffer.Tensor.Dispose();
                foreach (Module child in children()) child.Dispose();
            }
        }
    }
}
