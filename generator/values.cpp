// SPDX-License-Identifier: Apache-2.0
#include "corrections.hpp"

// The constants of Argo's, Argo Events' and Kubernetes' Go types, under the names of those types. Sets that
// users may extend (storage media, signals, file systems) are not here; nor is the empty text, which every
// one of them accepts as "not set".
#define ARGO "io.argoproj.workflow.v1alpha1."
#define CORE "io.k8s.api.core.v1."
#define META "io.k8s.apimachinery.pkg.apis.meta.v1."
#define POLICY "io.k8s.api.policy.v1."
#define EVENTS "github.com.argoproj.argo_events.pkg.apis.events.v1alpha1."

namespace tiphys::generator {
namespace {

constexpr ValueSet values[] = {
    {ARGO "WorkflowPhase", "Pending Running Succeeded Failed Error", "WorkflowStatus.phase"},
    {ARGO "NodePhase", "Pending Running Succeeded Skipped Failed Error Omitted", "NodeStatus.phase"},
    {ARGO "NodeType", "Pod Container Steps StepGroup DAG TaskGroup Retry Skipped Suspend HTTP Plugin",
     "NodeStatus.type"},
    {ARGO "ConditionType",
     "Completed PodRunning SpecWarning SpecError MetricsError ArtifactGCError SubmissionError",
     "Condition.type"},
    {ARGO "CronWorkflowPhase", "Active Stopped", "CronWorkflowStatus.phase"},
    {ARGO "ConcurrencyPolicy", "Allow Forbid Replace", "CronWorkflowSpec.concurrencyPolicy"},
    {ARGO "ShutdownStrategy", "Terminate Stop", "WorkflowSpec.shutdown"},
    {ARGO "RetryPolicy", "Always OnFailure OnError OnTransientError", "RetryStrategy.retryPolicy"},
    {ARGO "ArtifactGCStrategy", "OnWorkflowCompletion OnWorkflowDeletion Never",
     "ArtifactGC.strategy WorkflowLevelArtifactGC.strategy"},
    {ARGO "PodGCStrategy", "OnPodCompletion OnPodSuccess OnWorkflowCompletion OnWorkflowSuccess",
     "PodGC.strategy"},
    {ARGO "VolumeClaimGCStrategy", "OnWorkflowCompletion OnWorkflowSuccess", "VolumeClaimGC.strategy"},
    {ARGO "GaugeOperation", "Set Add Sub", "Gauge.operation"},
    {ARGO "ResourceAction", "get create apply delete replace patch", "ResourceTemplate.action"},
    {ARGO "MergeStrategy", "strategic merge json", "ResourceTemplate.mergeStrategy"},
    {ARGO "AddressingStyle", "path virtual_hosted=virtual-hosted",
     "S3Artifact.addressingStyle S3ArtifactRepository.addressingStyle"},

    {CORE "PullPolicy", "Always Never IfNotPresent",
     "Container.imagePullPolicy ContainerNode.imagePullPolicy ScriptTemplate.imagePullPolicy "
     "UserContainer.imagePullPolicy ImageVolumeSource.pullPolicy"},
    {CORE "TerminationMessagePolicy", "File FallbackToLogsOnError",
     "Container.terminationMessagePolicy ContainerNode.terminationMessagePolicy "
     "ScriptTemplate.terminationMessagePolicy UserContainer.terminationMessagePolicy"},
    {CORE "ContainerRestartPolicy", "Always Never OnFailure",
     "Container.restartPolicy ContainerNode.restartPolicy ScriptTemplate.restartPolicy "
     "UserContainer.restartPolicy"},
    {CORE "ContainerRestartRuleOnExitCodesOperator", "In NotIn", "ContainerRestartRuleOnExitCodes.operator"},
    {CORE "ResourceResizeRestartPolicy", "NotRequired RestartContainer",
     "ContainerResizePolicy.restartPolicy"},
    {CORE "Protocol", "TCP UDP SCTP", "ContainerPort.protocol ServicePort.protocol"},
    {CORE "URIScheme", "HTTP HTTPS", "HTTPGetAction.scheme"},
    {CORE "DNSPolicy", "ClusterFirstWithHostNet ClusterFirst Default None", "WorkflowSpec.dnsPolicy"},
    {CORE "NodeSelectorOperator", "In NotIn Exists DoesNotExist Gt Lt", "NodeSelectorRequirement.operator"},
    {CORE "TolerationOperator", "Exists Equal Lt Gt", "Toleration.operator"},
    {CORE "TaintEffect", "NoSchedule PreferNoSchedule NoExecute", "Toleration.effect"},
    {CORE "PersistentVolumeAccessMode", "ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod",
     "PersistentVolumeClaimSpec.accessModes PersistentVolumeClaimStatus.accessModes"},
    {CORE "PersistentVolumeMode", "Block Filesystem", "PersistentVolumeClaimSpec.volumeMode"},
    {CORE "PersistentVolumeClaimPhase", "Pending Bound Lost", "PersistentVolumeClaimStatus.phase"},
    {CORE "ConditionStatus", "True False Unknown", "PersistentVolumeClaimCondition.status"},
    {CORE "MountPropagationMode", "None HostToContainer Bidirectional", "VolumeMount.mountPropagation"},
    {CORE "RecursiveReadOnlyMode", "Disabled IfPossible Enabled", "VolumeMount.recursiveReadOnly"},
    {CORE "HostPathType", "DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice",
     "HostPathVolumeSource.type"},
    {CORE "AzureDataDiskCachingMode", "None ReadOnly ReadWrite", "AzureDiskVolumeSource.cachingMode"},
    {CORE "AzureDataDiskKind", "Shared Dedicated Managed", "AzureDiskVolumeSource.kind"},
    {CORE "SeccompProfileType", "Unconfined RuntimeDefault Localhost", "SeccompProfile.type"},
    {CORE "AppArmorProfileType", "Unconfined RuntimeDefault Localhost", "AppArmorProfile.type"},
    {CORE "ProcMountType", "Default Unmasked", "SecurityContext.procMount"},
    {CORE "PodFSGroupChangePolicy", "OnRootMismatch Always", "PodSecurityContext.fsGroupChangePolicy"},
    {CORE "PodSELinuxChangePolicy", "MountOption Recursive", "PodSecurityContext.seLinuxChangePolicy"},
    {CORE "SupplementalGroupsPolicy", "Merge Strict", "PodSecurityContext.supplementalGroupsPolicy"},
    {POLICY "UnhealthyPodEvictionPolicyType", "IfHealthyBudget AlwaysAllow",
     "PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy"},
    {META "LabelSelectorOperator", "In NotIn Exists DoesNotExist", "LabelSelectorRequirement.operator"},
    {META "ManagedFieldsOperationType", "Apply Update", "ManagedFieldsEntry.operation"},

    {EVENTS "ResourceEventType", "ADD UPDATE DELETE", "ResourceEventSource.eventTypes"},
    {EVENTS "KubernetesResourceOperation", "create update patch delete", "StandardK8STrigger.operation"},
    {EVENTS "ArgoWorkflowOperation",
     "submit submit_from=submit-from suspend resubmit retry resume terminate stop",
     "ArgoWorkflowTrigger.operation"},
    {EVENTS "Comparator",
     "GreaterThanOrEqualTo=>= GreaterThan=> EqualTo== NotEqualTo=!= LessThan=< LessThanOrEqualTo=<=",
     "DataFilter.comparator"},
    {EVENTS "LogicalOperator", "and or",
     "EventDependency.filtersLogicalOperator EventDependencyFilter.dataLogicalOperator "
     "EventDependencyFilter.exprLogicalOperator"},
    {EVENTS "JSONType", "bool number string", "DataFilter.type"},
    {EVENTS "RateLimiteUnit", "Second Minute Hour", "RateLimit.unit"},
    {EVENTS "TriggerParameterOperation", "append overwrite prepend", "TriggerParameter.operation"},
};

}  // namespace

std::span<const ValueSet> argo_values() { return values; }

}  // namespace tiphys::generator
