package controlplane

// auditPolicy records who asked for what, without bodies, one line per request (a watch has two: started and
// ended). Kubernetes' own components are left out: the log is there to count what the operator and people do.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler", "system:kube-proxy"]
- level: None
  userGroups: ["system:nodes", "system:serviceaccounts:kube-system"]
- level: Metadata
`
