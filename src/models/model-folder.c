/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the folder tree: an account, "On this computer", or a mailbox in one of them; "Quick views", or one of those. */
#include "model-folder.h"

struct _ModelFolder
{
  GObject parent_instance;

  ModelFolderKind kind;
  gint64 id;
  gint64 account_id;
  Account *account;
  GListStore *children;

  MailRole role;
  char *name;
  guint total;
  guint unread;
  guint inside;
  char *problem;
  gboolean is_favourite;
  ModelFolder *owner;        /* of a favourite: its account's row */
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_ACCOUNT_ID,
  PROP_KIND,
  PROP_ROLE,
  PROP_NAME,
  PROP_TOTAL,
  PROP_UNREAD,
  PROP_INSIDE,
  PROP_IS_PLAINTEXT,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ModelFolder, model_folder, G_TYPE_OBJECT)

static gboolean
is_plaintext (ModelFolder *self)
{
  return self->account
         && (account_get_security (self->account, ACCOUNT_INCOMING) == MAIL_SECURITY_PLAINTEXT
             || account_get_security (self->account, ACCOUNT_OUTGOING) == MAIL_SECURITY_PLAINTEXT);
}

static void
on_account_notify (Account *account, GParamSpec *pspec, ModelFolder *self)
{
  if (g_str_equal (pspec->name, "title"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
  else if (g_str_has_suffix (pspec->name, "-security"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_PLAINTEXT]);
}

static void
model_folder_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ModelFolder *self = MODEL_FOLDER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_ACCOUNT_ID:
      g_value_set_int64 (value, self->account_id);
      break;
    case PROP_KIND:
      g_value_set_int (value, self->kind);
      break;
    case PROP_ROLE:
      g_value_set_int (value, self->role);
      break;
    case PROP_NAME:
      g_value_set_string (value, model_folder_get_name (self));
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;
    case PROP_INSIDE:
      g_value_set_uint (value, self->inside);
      break;
    case PROP_IS_PLAINTEXT:
      g_value_set_boolean (value, is_plaintext (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
model_folder_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_PROBLEM)
    model_folder_set_problem (MODEL_FOLDER (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
model_folder_finalize (GObject *object)
{
  ModelFolder *self = MODEL_FOLDER (object);

  g_clear_object (&self->account);
  g_clear_object (&self->children);
  g_clear_object (&self->owner);
  g_free (self->name);
  g_free (self->problem);
  G_OBJECT_CLASS (model_folder_parent_class)->finalize (object);
}

static void
model_folder_class_init (ModelFolderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = model_folder_get_property;
  object_class->set_property = model_folder_set_property;
  object_class->finalize = model_folder_finalize;

  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, MODEL_FOLDER_SEARCH, 0, flags);
  props[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_INSIDE] = g_param_spec_uint ("inside", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_IS_PLAINTEXT] = g_param_spec_boolean ("is-plaintext", NULL, NULL, FALSE, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
model_folder_init (ModelFolder *self)
{
  self->children = g_list_store_new (MODEL_TYPE_FOLDER);
  self->name = g_strdup ("");
}

ModelFolder *
model_folder_new_account (Account *account)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_ACCOUNT;
  self->account = g_object_ref (account);
  self->account_id = account_get_id (account);
  g_signal_connect_object (account, "notify", G_CALLBACK (on_account_notify), self, 0);
  return self;
}

ModelFolder *
model_folder_new_views (void)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_VIEWS;
  return self;
}

ModelFolder *
model_folder_new_view (ModelView view)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_VIEW;
  self->id = view;
  return self;
}

ModelFolder *
model_folder_new_search (gint64 saved)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_SEARCH;
  self->id = model_folder_id_from_saved (saved);
  return self;
}

ModelFolder *
model_folder_new_local (void)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_LOCAL;
  return self;
}

ModelFolder *
model_folder_new_mailbox (gint64 id, gint64 account)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_MAILBOX;
  self->id = id;
  self->account_id = account;
  return self;
}

ModelFolder *
model_folder_new_favourites (void)
{
  ModelFolder *self = g_object_new (MODEL_TYPE_FOLDER, NULL);

  self->kind = MODEL_FOLDER_FAVOURITES;
  return self;
}

static void
on_original_notify (ModelFolder *original, GParamSpec *pspec, ModelFolder *self)
{
  model_folder_update (self, original->role, original->name, original->total, original->unread);
}

static void
on_owner_renamed (ModelFolder *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
}

ModelFolder *
model_folder_new_favourite (ModelFolder *folder, ModelFolder *owner)
{
  ModelFolder *self = model_folder_new_mailbox (folder->id, folder->account_id);

  self->is_favourite = TRUE;
  g_set_object (&self->owner, owner);
  model_folder_update (self, folder->role, folder->name, folder->total, folder->unread);
  g_signal_connect_object (folder, "notify", G_CALLBACK (on_original_notify), self, 0);
  if (owner)
    g_signal_connect_object (owner, "notify::name", G_CALLBACK (on_owner_renamed), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
model_folder_is_favourite (ModelFolder *self)
{
  return self->is_favourite;
}

const char *
model_folder_get_place (ModelFolder *self)
{
  return self->owner && self->owner->account ? model_folder_get_name (self->owner) : NULL;
}

static void
update_uint (ModelFolder *self, guint *field, guint value, int prop)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
model_folder_update (ModelFolder *self, MailRole role, const char *name, guint total, guint unread)
{
  g_return_if_fail (MODEL_IS_FOLDER (self));

  if (self->role != role)
    {
      self->role = role;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROLE]);
    }
  if (g_strcmp0 (self->name, name) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (name ? name : "");
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
    }
  update_uint (self, &self->total, total, PROP_TOTAL);
  update_uint (self, &self->unread, unread, PROP_UNREAD);
}

ModelFolderKind
model_folder_get_kind (ModelFolder *self)
{
  return self->kind;
}

gint64
model_folder_get_id (ModelFolder *self)
{
  return self->id;
}

gint64
model_folder_get_account_id (ModelFolder *self)
{
  return self->account_id;
}

Account *
model_folder_get_account (ModelFolder *self)
{
  return self->account;
}

MailRole
model_folder_get_role (ModelFolder *self)
{
  return self->role;
}

const char *
model_folder_get_name (ModelFolder *self)
{
  return self->account ? account_get_title (self->account) : self->name;
}

guint
model_folder_get_total (ModelFolder *self)
{
  return self->total;
}

guint
model_folder_get_unread (ModelFolder *self)
{
  return self->unread;
}

guint
model_folder_get_inside (ModelFolder *self)
{
  return self->inside;
}

void
model_folder_set_inside (ModelFolder *self, guint inside)
{
  update_uint (self, &self->inside, inside, PROP_INSIDE);
}

const char *
model_folder_get_problem (ModelFolder *self)
{
  return self->problem;
}

void
model_folder_set_problem (ModelFolder *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

GListModel *
model_folder_get_children (ModelFolder *self)
{
  return G_LIST_MODEL (self->children);
}
