namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static class lr_scheduler
        {
            /// <summary>Sets the learning rate of every group as a function of the steps taken.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer optimizer;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    this.optimizer = optimizer;
                    LastEpoch = last_epoch;
                }

                private protected int LastEpoch { get; private set; }

                public void step() => step(null);

                /// <summary>Goes to the next epoch, or to the one given.</summary>
                public void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    int group = 0;
                    foreach (ILearningRateController controller in optimizer.ParamGroups)
                    {
                        controller.LearningRate = RateOf(controller.InitialLearningRate, group++);
                    }
                }

                public IEnumerable<double> get_last_lr() => optimizer.ParamGroups.Select(group => group.LearningRate);

                private protected abstract double RateOf(double initial, int group);
            }

            private sealed class Lambda : LRScheduler
            {
                private readonly Func<int, double>[] factors;

                public Lambda(Optimizer optimizer, Func<int, double>[] factors, int last_epoch) : base(optimizer, last_epoch)
                {
                    this.factors = factors;
                    step();
                }

                private protected override double RateOf(double initial, int group) =>
                    initial * factors[Math.Min(group, factors.Length - 1)](LastEpoch);
            }

            private sealed class Cosine : LRScheduler
            {
                private readonly double period;
                private readonly double least;

                public Cosine(Optimizer optimizer, double period, double least, int last_epoch) : base(optimizer, last_epoch)
                {
                    (this.period, this.least) = (period, least);
                    step();
                }

                private protected override double RateOf(double initial, int group) =>
                    least + (initial - least) * (1 + Math.Cos(Math.PI * LastEpoch / period)) / 2;
            }

            /// <summary>The initial rate times a factor of the epoch.</summary>
            public static LRScheduler LambdaLR(
                Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new Lambda(optimizer, [lr_lambda], last_epoch);

            public static LRScheduler LambdaLR(
                Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) =>
                new Lambda(optimizer, [.. lr_lambdas], last_epoch);

            /// <summary>
            /// Half a cosine from the initial rate to <paramref name="eta_min"/> over <paramref name="T_max"/> epochs (Loshchilov
            /// and Hutter 2017).
            /// </summary>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new Cosine(optimizer, T_max, eta_min, last_epoch);
        }
    }
}
