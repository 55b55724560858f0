{{- define "accountsync.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "accountsync.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "accountsync.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default .Release.Name }}
{{- end -}}

{{- define "accountsync.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "accountsync.secretName" -}}
{{ required "existingSecret: the name of a Secret with DATABASE_URL and ADMIN_API_KEY" .Values.existingSecret }}
{{- end -}}
