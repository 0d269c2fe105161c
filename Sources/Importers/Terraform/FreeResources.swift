/// Types of resources that cost nothing by themselves.
///
/// - Source: AWS's price pages; a type that is in no list is reported as not supported, never as free.
enum FreeResources {
  /// Whether resources of a type cost nothing by themselves.
  static func contains(_ type: String) -> Bool {
    if paid.contains(type) { return false }
    return types.contains(type) || prefixes.contains { type.hasPrefix($0) }
  }

  /// Types that begin like free ones and are not.
  private static let paid: Set<String> = [
    "aws_s3_bucket_inventory", "aws_s3_bucket_analytics_configuration", "aws_s3_bucket_metric",
    "aws_s3_bucket_object", "aws_s3_bucket_replication_configuration", "aws_vpc_endpoint",
    "aws_vpc_endpoint_service", "aws_vpc_ipam", "aws_db_snapshot_copy", "aws_default_vpc_endpoint",
    "aws_ecs_service", "aws_route53_zone", "aws_route53_health_check", "aws_eks_fargate_profile",
    "aws_iam_access_analyzer",
  ]

  private static let prefixes = [
    "aws_iam_", "aws_security_group", "aws_vpc_security_group_", "aws_route_table", "aws_network_acl",
    "aws_network_interface", "aws_lb_target_group", "aws_lb_listener", "aws_alb_target_group",
    "aws_alb_listener", "aws_s3_bucket_", "aws_default_", "aws_eks_", "aws_ecs_", "aws_autoscaling_",
    "aws_appautoscaling_", "aws_lambda_permission", "aws_vpc_dhcp_options", "aws_vpc_ipv4", "aws_vpc_ipv6",
    "aws_cloudwatch_log_resource_policy", "aws_cloudwatch_log_stream", "aws_cloudwatch_log_subscription",
    "aws_rds_cluster_parameter", "aws_rds_cluster_role", "aws_db_instance_role", "aws_service_discovery_",
    "aws_acm_", "random_", "null_", "tls_", "local_", "time_", "template_", "cloudinit_", "archive_",
    "http_", "external_", "terraform_",
  ]

  private static let types: Set<String> = [
    "aws_vpc", "aws_subnet", "aws_internet_gateway", "aws_egress_only_internet_gateway", "aws_route",
    "aws_main_route_table_association", "aws_key_pair", "aws_placement_group", "aws_launch_template",
    "aws_launch_configuration", "aws_volume_attachment", "aws_eip_association", "aws_db_subnet_group",
    "aws_db_parameter_group", "aws_db_option_group", "aws_db_event_subscription", "aws_rds_global_cluster",
    "aws_elasticache_subnet_group", "aws_elasticache_parameter_group", "aws_elasticache_user",
    "aws_elasticache_user_group", "aws_elasticache_global_replication_group",
    "aws_elasticsearch_domain_policy",
    "aws_opensearch_domain_policy", "aws_opensearch_domain_saml_options", "aws_mq_configuration",
    "aws_msk_configuration", "aws_msk_scram_secret_association", "aws_msk_cluster_policy",
    "aws_s3_account_public_access_block", "aws_kms_alias", "aws_kms_grant", "aws_kms_key_policy",
    "aws_secretsmanager_secret_version", "aws_secretsmanager_secret_policy",
    "aws_secretsmanager_secret_rotation", "aws_route53_record", "aws_route53_zone_association",
    "aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_sns_topic_subscription", "aws_ecr_lifecycle_policy",
    "aws_ecr_repository_policy", "aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter",
    "aws_vpc_peering_connection_options", "aws_resourcegroups_group", "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target", "aws_ec2_tag", "aws_proxy_protocol_policy", "aws_elb_attachment",
    "aws_load_balancer_policy", "aws_lb_ssl_negotiation_policy", "aws_vpc_endpoint_policy",
    "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_subnet_association",
    "aws_vpc_endpoint_security_group_association", "aws_ssm_association", "aws_ssm_document",
    "aws_lambda_alias", "aws_lambda_layer_version", "aws_lambda_event_source_mapping",
    "aws_spot_datafeed_subscription", "aws_ebs_encryption_by_default", "aws_ebs_default_kms_key",
    "aws_snapshot_create_volume_permission", "aws_sqs_queue_redrive_policy",
    "aws_sqs_queue_redrive_allow_policy", "aws_iam_role", "aws_ses_domain_identity",
  ]
}
