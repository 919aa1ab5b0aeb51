/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IMAP responses out of bytes (RFC 9051 §9, RFC 3501 §9): sans-IO. A response is framed first (lines and literals, at any split of
 * the stream) and taken apart when it is whole, so that only the framing knows about splits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a lying server may cost. */
#define IMAP_MAX_LINE (1024 * 1024)          /* bytes of a response besides its literals: UID sets of 100,000 messages are long */
#define IMAP_MAX_LITERAL (512 * 1024 * 1024) /* bytes of one literal */
#define IMAP_MAX_LITERALS 1024               /* in one response */
#define IMAP_MAX_DEPTH 64                    /* of nested lists */
#define IMAP_MAX_NODES 200000                /* values in one response */

typedef enum
{
  IMAP_NODE_NIL,
  IMAP_NODE_ATOM,    /* also numbers, flags (\Seen) and sections (BODY[HEADER]<0>) */
  IMAP_NODE_STRING,  /* quoted, or a literal of up to 64 KiB */
  IMAP_NODE_LITERAL, /* a larger one: text is NULL, bytes has it */
  IMAP_NODE_LIST,
} ImapNodeType;

/* One value. Nodes live as long as their response. */
typedef struct _ImapNode ImapNode;
struct _ImapNode
{
  ImapNodeType type;
  const char *text;      /* atoms and strings: NUL after length bytes, which may hold NULs themselves (literal8) and need not be UTF-8 */
  gsize length;
  GBytes *bytes;         /* IMAP_NODE_LITERAL */
  const ImapNode *first; /* of a list; NULL when empty */
  const ImapNode *next;  /* in the same list */
};

typedef enum
{
  IMAP_RESPONSE_CONTINUATION, /* + text */
  IMAP_RESPONSE_STATUS,       /* [tag or *] OK/NO/BAD/PREAUTH/BYE [code] text */
  IMAP_RESPONSE_DATA,         /* * [number] NAME values */
} ImapResponseKind;

typedef enum
{
  IMAP_STATUS_OK,
  IMAP_STATUS_NO,
  IMAP_STATUS_BAD,
  IMAP_STATUS_PREAUTH,
  IMAP_STATUS_BYE,
} ImapStatus;

typedef struct
{
  ImapResponseKind kind;
  const char *tag;         /* NULL when untagged */
  ImapStatus status;       /* of a STATUS response */
  const char *code;        /* response code in upper case without brackets, as "UIDVALIDITY"; NULL when none */
  const ImapNode *code_arguments; /* its values; NULL when none */
  const char *text;        /* human-readable rest, valid UTF-8; of a continuation all of it, as it came */
  gboolean has_number;     /* of a DATA response */
  guint32 number;
  const char *name;        /* upper case, as "FETCH" */
  const ImapNode *arguments; /* values after the name; NULL when none */
} ImapResponse;

typedef struct _ImapParser ImapParser;

ImapParser *imap_parser_new (void);
void imap_parser_free (ImapParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImapParser, imap_parser_free)

/* imap_parser_get_pending: where net_connection_feed () appends what it reads */
GByteArray *imap_parser_get_pending (ImapParser *self);

typedef enum
{
  IMAP_EVENT_NEED_BYTES,
  IMAP_EVENT_RESPONSE,
  IMAP_EVENT_BROKEN, /* the stream cannot be understood any more: close it */
} ImapEvent;

/**
 * imap_parser_next:
 * @response: (out): with IMAP_EVENT_RESPONSE, valid until the next call
 *
 * A response that makes no sense in itself but whose end is known is passed over (imap_parser_get_skipped () counts them), as
 * RFC 9051 §7 asks of clients; only what makes the end unknowable, or is over a limit, is BROKEN.
 */
ImapEvent imap_parser_next (ImapParser *self, const ImapResponse **response);

/* imap_parser_get_fault: (nullable): one English sentence after BROKEN */
const char *imap_parser_get_fault (ImapParser *self);
guint imap_parser_get_skipped (ImapParser *self);

/* imap_parser_is_idle: whether no byte of a response is waiting: what STARTTLS asks */
gboolean imap_parser_is_idle (ImapParser *self);

/* imap_parser_take_rest: what came behind the response that was given out last, and is not IMAP's (COMPRESS); borrowed until the next feed */
gsize imap_parser_take_rest (ImapParser *self, const char **rest);

/* Reading nodes; all accept NULL and answer FALSE, 0 or NULL. */
gboolean imap_node_is_atom (const ImapNode *node, const char *name);           /* in any case */
gboolean imap_node_get_number (const ImapNode *node, guint64 *number);         /* digits alone, up to 2^63-1 */
const char *imap_node_get_string (const ImapNode *node);                       /* atom or string without NULs; NULL for NIL and the rest */
GBytes *imap_node_dup_bytes (const ImapNode *node);                            /* (transfer full) (nullable): string or literal */

/* imap_node_dup_object_id: (transfer full) (nullable): an OBJECTID (RFC 8474 §7), by itself or in a list; %NULL for anything that is none */
char *imap_node_dup_object_id (const ImapNode *node);
guint imap_node_count (const ImapNode *list);
const ImapNode *imap_node_nth (const ImapNode *list, guint n);                 /* of a list */

G_END_DECLS
