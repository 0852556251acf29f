namespace Tmrvc.Support;

/// <summary>slurm.conf of a cluster that lives on loopback: nothing of the machine is asked for but processes and ports.</summary>
internal static class SlurmConfiguration
{
    /// <param name="ports">The controller's, then one per node.</param>
    public static string Text(string folder, IReadOnlyList<string> nodes, IReadOnlyList<int> ports, int cores) => $"""
        ClusterName=tests
        SlurmctldHost=localhost(127.0.0.1)
        SlurmctldPort={ports[0]}
        SlurmUser=root
        AuthType=auth/none
        CredType=cred/none
        CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
        StateSaveLocation={folder}/state
        SlurmdSpoolDir={folder}/spool-%n
        SlurmctldPidFile={folder}/slurmctld.pid
        SlurmdPidFile={folder}/slurmd-%n.pid
        SlurmctldLogFile={folder}/slurmctld.log
        SlurmdLogFile={folder}/slurmd-%n.log
        SlurmdParameters=config_overrides
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SwitchType=switch/none
        MpiDefault=none
        MailProg=/bin/true
        SelectType=select/cons_tres
        SelectTypeParameters=CR_CPU
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        PreemptType=preempt/partition_prio
        PreemptMode=REQUEUE
        SlurmdTimeout=4
        KillWait=5
        ReturnToService=2
        SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=10000
        {string.Join('\n', nodes.Select((node, index) => $"NodeName={node} NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[index + 1]} CPUs={cores} State=UNKNOWN"))}
        PartitionName=low Nodes={string.Join(',', nodes)} Default=YES MaxTime=INFINITE State=UP PriorityTier=1
        PartitionName=high Nodes={string.Join(',', nodes)} MaxTime=INFINITE State=UP PriorityTier=10

        """;
}
