// Fixtures that say so run their tests side by side; each waits for a cluster most of its time.
[assembly: LevelOfParallelism(3)]
