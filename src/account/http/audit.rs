//! The log of administrative acts, for auditors. Reading it is noted in it.

use std::collections::BTreeMap;

use axum::{
    extract::{FromRequestParts, State},
    http::{HeaderValue, header, request::Parts},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    account::{Accounts, PlatformAction, session::Visitor},
    audit::{By, Deed, Entry, STREAM, Who},
    http::{Json, Query},
    problem::{Problem, ProblemBody},
    store::jsonl,
};

/// Entries of one page.
const PAGE: u32 = 200;

/// Somebody who may read what administrators did.
pub(super) struct Auditor(By);

impl FromRequestParts<Accounts> for Auditor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Problem> {
        let caller = accounts.caller(parts, None).await?;
        let account = caller.allow(PlatformAction::ReadAudit)?.clone();
        let Ok(visitor) = Visitor::from_request_parts(parts, accounts).await;
        Ok(Self(By::new(Who::Account(account), visitor.address)))
    }
}

#[derive(Deserialize)]
pub(super) struct Paging {
    after: Option<i64>,
}

/// A page of the audit log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AuditPage {
    /// Entries in order.
    pub entries: Vec<Entry>,
    /// Number of the last row of the log.
    pub head: i64,
    /// Logins of the accounts that there are, by id.
    pub logins: BTreeMap<String, String>,
}

/// At most 200 entries of the audit log behind a row; the newest without it.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(("after" = Option<i64>, Query)),
    responses((status = 200, body = AuditPage), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(super) async fn audit_page(
    State(accounts): State<Accounts>,
    _auditor: Auditor,
    Query(Paging { after }): Query<Paging>,
) -> Result<Json<AuditPage>, Problem> {
    let head = accounts.0.store.head(STREAM).await?.map_or(0, |head| head.seq);
    let after = after.unwrap_or(head - i64::from(PAGE)).max(0);
    let entries = accounts.audit().entries(after, PAGE).await?;
    let logins = accounts.0.store.accounts().await?.into_iter().map(|account| (account.id, account.login)).collect();
    Ok(Json(AuditPage { entries, head, logins }))
}

/// The whole audit log as a file that `drillhall verify` checks without a server.
#[utoipa::path(get, path = "/api/v1/audit.jsonl", tag = "audit",
    responses((status = 200, description = "One row a line"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(super) async fn export_audit(
    State(accounts): State<Accounts>,
    Auditor(by): Auditor,
) -> Result<impl IntoResponse, Problem> {
    let head = accounts.0.store.head(STREAM).await?.map_or(0, |head| head.seq);
    accounts.audit().note(&by, &Deed::AuditRead { head }).await?;
    let (rows, head) = accounts.audit().rows().await?;
    let mut file = Vec::new();
    jsonl::write(&mut file, STREAM, &head, &rows).map_err(Problem::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.jsonl\"")),
    ];
    Ok((headers, file))
}
